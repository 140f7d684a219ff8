import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { emulationQuery } from '../api/emulation-queries.ts';
import { Card } from '../elements/card.tsx';
import { Confirm } from '../elements/confirm.tsx';
import page from '../elements/page.module.css';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import styles from './emulation-card.module.css';

/** Modems that are not there: whom they can text, and how to be rid of them. Not there itself when there are none. */
export function EmulationCard() {
  const { data: emulation } = useQuery(emulationQuery);
  const may = useMay('admin');
  const maySend = useMay('sms:send');
  if (!emulation || emulation.modems === 0) return null;
  return (
    <Card
      title={text('emulation.title', { count: emulation.modems })}
      aside={may && <StopEmulation modems={emulation.modems} />}
    >
      <div className={page.pad}>
        <p className={page.soft}>
          <Radio size={14} aria-hidden="true" className={styles.icon} /> {text('emulation.try')}
        </p>
        <ul className={styles.phones}>
          {emulation.phones.map(({ number, behaviour }) => (
            <li key={number}>
              {maySend ? (
                <RouteLink to={{ screen: 'compose', to: number }}>
                  <PhoneNumber number={number} />
                </RouteLink>
              ) : (
                <PhoneNumber number={number} />
              )}
              <span>{text(`phone.${behaviour}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function StopEmulation({ modems }: { readonly modems: number }) {
  const stop = useAct({
    run: () => change('DELETE', '/v1/emulation'),
    done: () => text('emulation.stopped'),
    silent: true,
  });
  return (
    <Confirm
      title={text('emulation.stop_title', { count: modems })}
      confirm={text('emulation.stop')}
      destructive
      onConfirm={() => stop.mutateAsync()}
      trigger={(ask) => (
        <Button size="compact-xs" onClick={ask}>
          {text('emulation.stop')}
        </Button>
      )}
    >
      <p>{text('emulation.stop_what')}</p>
    </Confirm>
  );
}
