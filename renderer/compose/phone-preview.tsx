import { PhoneNumber } from '../elements/phone-number.tsx';
import { text } from '../texts/text.ts';
import styles from './compose.module.css';

interface PhonePreviewProps {
  readonly from: string;
  readonly body: string;
  readonly count: number;
}

/** How the text will look at the other side. */
export function PhonePreview({ from, body, count }: PhonePreviewProps) {
  return (
    <figure className={styles.phone} aria-label={text('compose.preview')}>
      <div className={styles.screen}>
        <p className={styles.who}>{from ? <PhoneNumber number={from} /> : text('log.no_number')}</p>
        {body !== '' && (
          <p dir="auto" className={styles.bubble}>
            {body}
          </p>
        )}
        {body === '' && (
          <p className={styles.bubble}>{text('compose.preview_empty', { count: Math.max(count, 1) })}</p>
        )}
      </div>
    </figure>
  );
}
