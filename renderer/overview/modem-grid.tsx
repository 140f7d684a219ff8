import { Skeleton, VisuallyHidden } from '@mantine/core';
import type { ModemView } from '../../src/contract/modem.ts';
import { text } from '../texts/text.ts';
import { ModemCard } from './modem-card.tsx';
import styles from './modem-grid.module.css';
import { NoModem } from './no-modem.tsx';

/** A card a modem; what to plug in when there is none. */
export function ModemGrid({ modems }: { readonly modems: readonly ModemView[] | undefined }) {
  return (
    <section>
      <VisuallyHidden component="h2">{text('modems.title')}</VisuallyHidden>
      {modems === undefined && <GridSkeleton />}
      {modems?.length === 0 && <NoModem />}
      {modems && modems.length > 0 && (
        <div className={styles.grid}>
          {modems.map((modem) => (
            <ModemCard key={modem.id} modem={modem} />
          ))}
        </div>
      )}
    </section>
  );
}

function GridSkeleton() {
  return (
    <div className={styles.grid} role="status" aria-label={text('modems.loading')}>
      <Skeleton height={202} radius="var(--r-3)" />
      <Skeleton height={202} radius="var(--r-3)" />
    </div>
  );
}
