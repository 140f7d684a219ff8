import { Button } from '@mantine/core';
import { Radio, Usb } from 'lucide-react';
import type { EmulationView } from '../../src/contract/emulation.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import styles from './no-modem.module.css';
import { SeenPorts } from './seen-ports.tsx';

/** Two can text each other. */
const emulatedAtOnce = 2;

/** No modem at all: what to plug in, what is plugged in already, and how to go on without one. */
export function NoModem() {
  const may = useMay('admin');
  return (
    <div className={styles.frame}>
      <Notice icon={Usb} title={text('no_modem.title')}>
        <p>{text('no_modem.what')}</p>
        {may && <StartEmulation />}
      </Notice>
      {may && (
        <div className={styles.ports}>
          <h3>{text('ports.title')}</h3>
          <SeenPorts />
        </div>
      )}
    </div>
  );
}

function StartEmulation() {
  const start = useAct<void, EmulationView>({
    run: () => change('POST', '/v1/emulation', { modems: emulatedAtOnce }),
    done: ({ modems }) => text('emulation.started', { count: modems }),
  });
  return (
    <div className={page.actions}>
      <Button leftSection={<Radio size={16} />} loading={start.isPending} onClick={() => start.mutate()}>
        {text('emulation.start', { count: emulatedAtOnce })}
      </Button>
      <span className={page.soft}>{text('emulation.what')}</span>
    </div>
  );
}
