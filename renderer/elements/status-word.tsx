import type { LucideIcon } from 'lucide-react';
import styles from './status-word.module.css';

/** The hues that mean a status; nothing else on a page may wear them. */
export type Hue =
  | 'queued'
  | 'dispatched'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'received'
  | 'attention'
  | 'plain';

interface StatusWordProps {
  readonly icon: LucideIcon;
  readonly hue: Hue;
  readonly word: string;
}

/** A status: always icon, word and hue together. */
export function StatusWord({ icon: Icon, hue, word }: StatusWordProps) {
  return (
    <span className={styles.status} data-hue={hue}>
      <Icon size={14} aria-hidden="true" />
      {word}
    </span>
  );
}
