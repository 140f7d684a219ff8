import { useQuery } from '@tanstack/react-query';
import { modemsQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { LatestMessages } from '../messages/latest-messages.tsx';
import { NewModems } from '../welcome/new-modems.tsx';
import { AnswerRow } from './answer-row.tsx';
import { FirstRun } from './first-run.tsx';
import { LastDay } from './last-day.tsx';
import { ModemGrid } from './modem-grid.tsx';
import styles from './overview.module.css';
import { ProblemList } from './problem-list.tsx';
import { problemsOf } from './problems.ts';
import { QueueDecision } from './queue-decision.tsx';

/** The first screen: can I send, what is wrong, how are the modems, what went through. */
export function Overview() {
  const { data: modems, error, refetch } = useQuery(modemsQuery);
  if (error && !modems) return <LoadError error={error} onRetry={() => void refetch()} />;
  return (
    <div className={styles.page}>
      <FirstRun />
      <AnswerRow modems={modems} />
      <QueueDecision />
      <NewModems modems={modems ?? []} />
      <ProblemList problems={problemsOf(modems ?? [])} />
      <ModemGrid modems={modems} />
      <LastDay />
      <LatestMessages />
    </div>
  );
}
