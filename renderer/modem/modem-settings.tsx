import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CardSim } from 'lucide-react';
import type { ModemView } from '../../src/contract/modem.ts';
import { simId, simsQuery } from '../api/modem-queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { PinCare } from '../sim/pin-care.tsx';
import { SimForm } from '../sim/sim-form.tsx';
import { SimPause } from '../sim/sim-pause.tsx';
import { text } from '../texts/text.ts';

/** What is set for the SIM in this modem. It follows the card, whichever modem that is in. */
export function ModemSettings({ modem }: { readonly modem: ModemView }) {
  const { data: sims, error, refetch } = useQuery(simsQuery);
  if (!sims) {
    return error ? (
      <LoadError error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton height={320} radius="var(--r-3)" m={24} width="auto" />
    );
  }
  const sim = sims.find(({ modem_id }) => modem_id === modem.id);
  if (!sim) {
    return (
      <Notice icon={CardSim} title={text('sim.none_title')}>
        <p>{text('sim.none_what')}</p>
      </Notice>
    );
  }
  return (
    <div className={page.page}>
      <SimPause sim={sim} />
      <SimForm key={simId(sim)} sim={sim} />
      <PinCare modem={modem} sim={sim} />
    </div>
  );
}
