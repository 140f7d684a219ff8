import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessagePdu } from '../../src/contract/story.ts';
import { pdusQuery } from '../api/queries.ts';
import { Fault } from '../elements/fault.tsx';
import { text } from '../texts/text.ts';
import drawer from './message-drawer.module.css';
import { PduBytes } from './pdu-bytes.tsx';
import styles from './pdu-inspector.module.css';

/** The PDUs of a message as they went over the wire, each field explained. Read only when it is asked for. */
export function PduInspector({ id }: { readonly id: string }) {
  const [isShown, setShown] = useState(false);
  const { data: pdus, error } = useQuery({ ...pdusQuery(id), enabled: isShown });
  return (
    <section className={drawer.section}>
      <div className={styles.head}>
        <h2>{text('pdu.title')}</h2>
        <Button size="compact-xs" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {text(isShown ? 'pdu.hide' : 'pdu.show')}
        </Button>
      </div>
      {isShown && <Fault error={error} />}
      {isShown && pdus?.length === 0 && <p className={styles.none}>{text('pdu.none')}</p>}
      {isShown &&
        pdus?.map((pdu, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the PDUs of a message are only added to
          <Pdu key={place} pdu={pdu} />
        ))}
    </section>
  );
}

function Pdu({ pdu }: { readonly pdu: MessagePdu }) {
  const name = text(`pdu.${pdu.direction}`);
  const part = text('pdu.part', { part: pdu.part });
  return (
    <div className={styles.pdu}>
      <p className={styles.name}>
        {[name, part, ...(pdu.attempt === null ? [] : [text('pdu.attempt', { attempt: pdu.attempt })])].join(
          ', ',
        )}
      </p>
      <PduBytes pdu={pdu} />
      {pdu.problems.map(({ message }) => (
        <p key={message} className={styles.problem}>
          {message}
        </p>
      ))}
    </div>
  );
}
