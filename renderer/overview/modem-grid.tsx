import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ModemView } from '../../src/contract/modem.ts';
import { statsQuery } from '../api/queries.ts';
import { localMidnight } from '../elements/moment.ts';
import { useNow } from '../elements/now.ts';
import { text } from '../texts/text.ts';
import { totalOf } from './day-counts.ts';
import { ModemCard } from './modem-card.tsx';
import styles from './modem-grid.module.css';
import { NoModem } from './no-modem.tsx';

/** A card a modem; what to plug in when there is none. */
export function ModemGrid({ modems }: { readonly modems: readonly ModemView[] | undefined }) {
  const { data: stats } = useQuery(statsQuery);
  const midnight = localMidnight(useNow());
  return (
    <section>
      <VisuallyHidden component="h2">{text('modems.title')}</VisuallyHidden>
      {modems === undefined && <GridSkeleton />}
      {modems?.length === 0 && <NoModem />}
      {modems && modems.length > 0 && (
        <div className={styles.grid}>
          {modems.map((modem) => (
            <ModemCard
              key={modem.id}
              modem={modem}
              today={stats && modem.number !== null ? totalOf(stats, midnight, modem.number) : undefined}
            />
          ))}
        </div>
      )}
    </section>
  );
}

/** As tall as the cards, so that nothing jumps when they come. */
function GridSkeleton() {
  return (
    <div className={styles.grid} role="status" aria-label={text('modems.loading')}>
      <Skeleton height={274} radius="var(--r-3)" />
      <Skeleton height={274} radius="var(--r-3)" />
    </div>
  );
}
