import type { ReactNode } from 'react';
import styles from './list-table.module.css';

interface TableFrameProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Holds a table that scrolls sideways where there is no room, by keyboard too. */
export function TableFrame({ label, children }: TableFrameProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.frame} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
