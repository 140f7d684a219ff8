import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import type { PinRequest } from '../../src/contract/modem-actions.ts';
import type { SimView } from '../../src/contract/sim.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { simId } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import { Confirm } from '../elements/confirm.tsx';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import styles from './pin-entry.module.css';

interface PinCareProps {
  readonly modem: ModemView;
  readonly sim: SimView;
}

/** The lock of the SIM: the PIN that is kept, another PIN, and whether the SIM asks for one at all. */
export function PinCare({ modem, sim }: PinCareProps) {
  const [pin, setPin] = useState('');
  const [newPin, setNewPin] = useState('');
  const may = useMay('admin');
  const lock = useAct<PinRequest>({
    run: (body) => change('POST', `/v1/modems/${encodeURIComponent(modem.id)}/pin`, body),
    done: () => text('pin.care_done'),
    after: () => {
      setPin('');
      setNewPin('');
    },
    silent: true,
  });
  const forget = useAct({
    run: () => change('PATCH', `/v1/sims/${simId(sim)}`, { pin: null }),
    done: () => text('pin.forgotten'),
    silent: true,
  });
  if (!may) return null;
  const given = /^\d{4,8}$/.test(pin);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    lock.mutate({ action: 'change', pin, new_pin: newPin });
  };
  return (
    <Card title={text('pin.title')}>
      <div className={page.form}>
        <p className={page.soft}>{text(sim.has_pin ? 'pin.kept' : 'pin.not_kept')}</p>
        <form className={styles.care} onSubmit={submit}>
          <Secret label={text('pin.current')} value={pin} onChange={setPin} />
          <Secret label={text('pin.new')} value={newPin} onChange={setNewPin} />
          <Button type="submit" disabled={!given || !/^\d{4,8}$/.test(newPin)} loading={lock.isPending}>
            {text('pin.change')}
          </Button>
          {[true, false].map((on) => (
            <Button
              key={String(on)}
              disabled={!given || lock.isPending}
              onClick={() => lock.mutate({ action: 'query', on, pin })}
            >
              {text(on ? 'pin.ask' : 'pin.do_not_ask')}
            </Button>
          ))}
          {sim.has_pin && (
            <Confirm
              title={text('pin.forget_title')}
              confirm={text('pin.forget')}
              destructive
              onConfirm={() => forget.mutateAsync()}
              trigger={(ask) => <Button onClick={ask}>{text('pin.forget')}</Button>}
            >
              <p>{text('pin.forget_what')}</p>
            </Confirm>
          )}
          <Fault error={lock.error} className={styles.fault} />
        </form>
      </div>
    </Card>
  );
}

interface SecretProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Secret({ label, value, onChange }: SecretProps) {
  return (
    <PasswordInput
      className={styles.field}
      aria-label={label}
      placeholder={label}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
    />
  );
}
