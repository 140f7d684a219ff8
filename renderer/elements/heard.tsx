import type { ReactNode } from 'react';
import styles from './heard.module.css';

/** Words for those who only hear the page. */
export function Heard({ children }: { readonly children: ReactNode }) {
  return <span className={styles.heard}>{children}</span>;
}
