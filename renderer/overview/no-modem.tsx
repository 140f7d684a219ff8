import { Usb } from 'lucide-react';
import { Command } from '../elements/command.tsx';
import { Notice } from '../elements/notice.tsx';
import { text } from '../texts/text.ts';
import styles from './no-modem.module.css';

/** No modem at all: what to plug in, how to see what is there, and how to go on without one. */
export function NoModem() {
  return (
    <div className={styles.frame}>
      <Notice icon={Usb} title={text('no_modem.title')}>
        <p>{text('no_modem.what')}</p>
        <p className={styles.step}>{text('no_modem.see')}</p>
        <Command lines="postern ports" />
        <p className={styles.step}>{text('no_modem.try')}</p>
        <Command lines="postern serve --emulate 2" />
      </Notice>
    </div>
  );
}
