import { useState } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { text } from '../texts/text.ts';
import { failureOf } from './failure.ts';
import styles from './message-text.module.css';
import { remarksOn } from './remarks.ts';

/** A message's text on one line, in full when asked; beneath it why it failed, and what else is to be known of it. */
export function MessageText({ message }: { readonly message: Message }) {
  const [whole, setWhole] = useState(false);
  const failure = failureOf(message);
  return (
    <div className={styles.cell}>
      {whole ? (
        <>
          <p dir="auto" className={styles.whole}>
            {message.body}
          </p>
          <button type="button" className={styles.fold} aria-expanded onClick={() => setWhole(false)}>
            {text('log.fold')}
          </button>
        </>
      ) : (
        <button
          type="button"
          dir="auto"
          className={styles.line}
          aria-expanded={false}
          title={text('log.read')}
          onClick={() => setWhole(true)}
        >
          {message.body || text('log.empty_text')}
        </button>
      )}
      {failure && <p className={styles.failure}>{failure.sentence}</p>}
      {remarksOn(message).map((remark) => (
        <p key={remark} className={styles.missing}>
          {text(remark)}
        </p>
      ))}
    </div>
  );
}
