import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import type { PinRequest } from '../../src/contract/modem-actions.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Fault } from '../elements/fault.tsx';
import { modemName } from '../overview/modem-words.ts';
import { text } from '../texts/text.ts';
import styles from './pin-entry.module.css';

const fields = { pin: text('pin.pin'), puk: text('pin.puk'), new_pin: text('pin.new') };

/** Unlocks the SIM of a modem with its PIN or, where that is blocked, with the PUK and a new PIN. */
export function PinEntry({ modem }: { readonly modem: ModemView }) {
  const needsPuk = modem.problem?.code === 'puk_needed';
  const [pin, setPin] = useState('');
  const [puk, setPuk] = useState('');
  const unlock = useAct<PinRequest>({
    run: (body) => change('POST', `/v1/modems/${encodeURIComponent(modem.id)}/pin`, body),
    done: () => text('pin.done', { name: modemName(modem) }),
    after: () => {
      setPin('');
      setPuk('');
    },
    silent: true,
  });
  const may = useMay('admin');
  if (!may) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate(needsPuk ? { action: 'unblock', puk, new_pin: pin } : { action: 'enter', pin });
  };
  const isReady = /^\d{4,8}$/.test(pin) && (!needsPuk || /^\d{8}$/.test(puk));
  return (
    <form className={styles.form} onSubmit={submit}>
      {needsPuk && (
        <PasswordInput
          className={styles.field}
          aria-label={text('pin.puk')}
          placeholder={text('pin.puk')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={puk}
          onChange={(event) => setPuk(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
        />
      )}
      <PasswordInput
        className={styles.field}
        aria-label={text(needsPuk ? 'pin.new' : 'pin.pin')}
        placeholder={text(needsPuk ? 'pin.new' : 'pin.pin')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
      />
      <Button type="submit" variant="filled" disabled={!isReady} loading={unlock.isPending}>
        {text('pin.unlock')}
      </Button>
      <Fault error={unlock.error} fields={fields} className={styles.fault} />
    </form>
  );
}
