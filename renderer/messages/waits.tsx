import { Clock } from 'lucide-react';
import type { Message } from '../../src/contract/message.ts';
import type { Story } from '../../src/contract/story.ts';
import { exactMoment } from '../elements/moment.ts';
import { text } from '../texts/text.ts';
import styles from './message-drawer.module.css';

/** Why a text has not left, and until when where that is known. */
export function Waits({ message, story }: { readonly message: Message; readonly story: Story | undefined }) {
  const isUnderWay = message.status === 'queued' || message.status === 'dispatched';
  if (!isUnderWay || !story?.waits) return null;
  const { reason, message: sentence, until } = story.waits;
  return (
    <section className={styles.section}>
      <div className={styles.waits}>
        <Clock size={16} aria-hidden="true" />
        <div>
          <p className={styles.sentence}>{sentence}</p>
          {until !== null && <p>{text('drawer.waits_until', { time: exactMoment(Date.parse(until)) })}</p>}
          <code>{reason}</code>
        </div>
      </div>
    </section>
  );
}
