import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Usb } from 'lucide-react';
import type { ModemView } from '../../src/contract/modem.ts';
import { useMay } from '../api/act.ts';
import { setupQuery } from '../api/queries.ts';
import page from '../elements/page.module.css';
import { makeOf } from '../overview/modem-words.ts';
import { useWelcome } from '../setup/use-welcome.ts';
import { goTo } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import styles from './new-modems.module.css';

/** Modems that were plugged in for the first time, each with the way to set it up. During set-up that sees to them. */
export function NewModems({ modems }: { readonly modems: readonly ModemView[] }) {
  const { data: setup } = useQuery(setupQuery);
  const may = useMay('admin');
  const found = modems.filter((modem) => modem.is_new);
  if (!may || setup?.first_run !== false || found.length === 0) return null;
  return (
    <ul className={styles.found}>
      {found.map((modem) => (
        <NewModem key={modem.id} modem={modem} />
      ))}
    </ul>
  );
}

function NewModem({ modem }: { readonly modem: ModemView }) {
  const welcome = useWelcome();
  const make = makeOf(modem) || modem.port;
  return (
    <li>
      <Usb size={16} aria-hidden="true" />
      <p>
        <b>{text('welcome.found', { make })}</b> {text('welcome.found_what')}
      </p>
      <span className={page.actions}>
        <Button variant="filled" onClick={() => goTo({ screen: 'welcome', id: modem.id })}>
          {text('welcome.begin')}
        </Button>
        <Button loading={welcome.isPending} onClick={() => welcome.mutate(modem.id)}>
          {text('welcome.not_now')}
        </Button>
      </span>
    </li>
  );
}
