import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly tone?: 'plain' | 'failed';
}

/** What stands where data would: nothing yet, nothing found, or not readable. Says what to do next. */
export function Notice({ icon: Icon, title, children, tone = 'plain' }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'failed' ? 'alert' : undefined}>
      <Icon size={20} aria-hidden="true" className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}
