import { Skeleton } from '@mantine/core';
import { text } from '../texts/text.ts';
import styles from './log-skeleton.module.css';

const rows = ['38%', '61%', '47%', '72%', '33%', '55%'];

/** Rows to come, as tall as the real ones. */
export function LogSkeleton() {
  return (
    <div role="status" aria-label={text('log.loading')}>
      {rows.map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton height={10} width={64} />
          <Skeleton height={10} width={112} />
          <Skeleton height={10} width={width} />
        </div>
      ))}
    </div>
  );
}
