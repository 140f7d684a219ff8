import { useQuery } from '@tanstack/react-query';
import { modemsQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import page from '../elements/page.module.css';
import { ModemGrid } from '../overview/modem-grid.tsx';
import { ProblemList } from '../overview/problem-list.tsx';
import { problemsOf } from '../overview/problems.ts';
import { AwaySims } from '../sim/away-sims.tsx';
import { NewModems } from '../welcome/new-modems.tsx';
import { EmulationCard } from './emulation-card.tsx';

/** All modems, what is wrong with them, and the SIMs that are in none. */
export function Modems() {
  const { data: modems, error, refetch } = useQuery(modemsQuery);
  if (error && !modems) return <LoadError error={error} onRetry={() => void refetch()} />;
  return (
    <div className={page.page}>
      <NewModems modems={modems ?? []} />
      <ProblemList problems={problemsOf(modems ?? [])} />
      <ModemGrid modems={modems} />
      <EmulationCard />
      <AwaySims />
    </div>
  );
}
