import { Progress } from '@mantine/core';
import type { ModemView, RecoveryView } from '../../src/contract/modem.ts';
import { Card } from '../elements/card.tsx';
import { Facts } from '../elements/facts.tsx';
import page from '../elements/page.module.css';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import styles from './identity.module.css';
import { Traffic } from './traffic.tsx';

/** Who the modem is, what it keeps, and how it has behaved. */
export function Identity({ modem }: { readonly modem: ModemView }) {
  return (
    <div className={page.stack}>
      <Card title={text('identity.title')}>
        <Facts
          facts={[
            { name: text('identity.maker'), value: modem.manufacturer },
            { name: text('identity.model'), value: modem.model },
            { name: text('identity.firmware'), value: code(modem.firmware) },
            { name: text('identity.imei'), value: code(modem.imei) },
            { name: text('identity.iccid'), value: code(modem.iccid) },
            { name: text('identity.imsi'), value: code(modem.imsi) },
            { name: text('identity.port'), value: code(modem.port) },
            { name: text('identity.smsc'), value: code(modem.smsc) },
            { name: text('identity.band'), value: modem.band },
            {
              name: text('modem.last_seen'),
              value: modem.last_seen_at && <When at={modem.last_seen_at} as="relative" />,
            },
          ]}
        />
      </Card>
      <Traffic modem={modem} />
      {modem.storage.length > 0 && <Storage modem={modem} />}
      <Card title={text('behaviour.title')}>
        <Facts
          facts={[
            { name: text('behaviour.restarts'), value: modem.restarts_last_day.toLocaleString() },
            { name: text('behaviour.recovery'), value: modem.recovery && recoveryWords(modem.recovery) },
            {
              name: text('behaviour.temperature'),
              value: modem.temperature_c && `${modem.temperature_c} °C`,
            },
            { name: text('behaviour.supply'), value: modem.supply_v && `${modem.supply_v} V` },
          ]}
        />
      </Card>
    </div>
  );
}

function Storage({ modem }: { readonly modem: ModemView }) {
  return (
    <Card title={text('storage.title')}>
      <ul className={styles.storages}>
        {modem.storage.map(({ name, used, total }) => (
          <li key={name}>
            <span>{storageName(name)}</span>
            <span>{text('storage.used', { used, total })}</span>
            <Progress
              className={styles.meter}
              value={total === 0 ? 0 : (used / total) * 100}
              aria-label={storageName(name)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function storageName(name: string): string {
  if (name === 'SM') return text('storage.sim');
  if (name === 'ME' || name === 'MT') return text('storage.modem');
  return name === 'SR' ? text('storage.reports') : name;
}

function recoveryWords({ step, reason }: RecoveryView): string {
  return `${text(`recovery.${step}`)}: ${reason}`;
}

function code(value: string | null) {
  return value === null ? null : <code>{value}</code>;
}
