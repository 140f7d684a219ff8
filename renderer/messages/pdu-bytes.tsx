import { useState } from 'react';
import type { MessagePdu } from '../../src/contract/story.ts';
import { text } from '../texts/text.ts';
import styles from './pdu-bytes.module.css';
import { hueOf, octetsOf } from './pdu-fields.ts';

/** The octets coloured by field. The field under the pointer or the keyboard is outlined and explained beneath. */
export function PduBytes({ pdu }: { readonly pdu: MessagePdu }) {
  const octets = octetsOf(pdu.pdu);
  const [chosen, setChosen] = useState<MessagePdu['spans'][number] | undefined>(pdu.spans[0]);
  const spanAt = (place: number) => pdu.spans.find(({ start, end }) => place >= start && place < end);
  return (
    <>
      <div className={styles.bytes} aria-hidden="true">
        {octets.map((octet, place) => {
          const span = spanAt(place);
          return (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: an octet is its place
              key={place}
              data-hue={span && hueOf(span.field)}
              data-first={span?.start === place || undefined}
              data-last={span?.end === place + 1 || undefined}
              data-chosen={(chosen && place >= chosen.start && place < chosen.end) || undefined}
              onPointerEnter={() => span && setChosen(span)}
            >
              {octet}
            </span>
          );
        })}
      </div>
      <ul className={styles.fields} aria-label={text('pdu.fields')}>
        {pdu.spans.map((span) => (
          <li key={`${span.field} ${span.start} ${span.bits?.high ?? ''}`}>
            <button
              type="button"
              data-chosen={span === chosen || undefined}
              onPointerEnter={() => setChosen(span)}
              onFocus={() => setChosen(span)}
            >
              <i data-hue={hueOf(span.field)} aria-hidden="true" />
              <code>{span.field}</code>
              <span className={styles.value}>{span.value}</span>
              <span className={styles.meaning}>{span.meaning}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
