import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import { plainNumber } from '../../src/contract/written-number.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Fault } from '../elements/fault.tsx';
import { modemName } from '../overview/modem-words.ts';
import { text } from '../texts/text.ts';
import styles from './pin-entry.module.css';

/** Names the number of the SIM in a modem. Not there while the card has not told who it is. */
export function NumberEntry({ modem }: { readonly modem: ModemView }) {
  const [number, setNumber] = useState('');
  const sim = modem.iccid ?? modem.imsi;
  const save = useAct({
    run: () => change('PATCH', `/v1/sims/${sim}`, { number: plainNumber(number) }),
    done: () => text('number.done', { name: modemName(modem) }),
    after: () => setNumber(''),
    silent: true,
  });
  if (sim === null) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        className={styles.number}
        aria-label={text('number.of', { name: modemName(modem) })}
        placeholder="+14155550123"
        inputMode="tel"
        autoComplete="off"
        maxLength={24}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={number.trim() === ''} loading={save.isPending}>
        {text('form.save')}
      </Button>
      <Fault error={save.error} fields={{ number: text('sim_field.number') }} className={styles.fault} />
    </form>
  );
}
