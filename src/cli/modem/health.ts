import { Command } from 'commander';
import type { HealthPoint, HealthSeries } from '../../contract/health.ts';
import type { ModemView } from '../../contract/modem.ts';
import { dataDirOption } from '../data-dir.ts';
import { table } from '../table.ts';
import { askModem, findModem } from './find-modem.ts';
import { makeOf } from './modems.ts';

/** `postern modem <id> health`: how a modem stands, and how it fared in the last day. */
export function healthAction(id: string): Command {
  return new Command('health')
    .description('how it stands, and how it fared in the last day')
    .addOption(dataDirOption())
    .action(async ({ dataDir }: { dataDir: string }) => {
      const modem = await findModem(dataDir, id);
      const series = (await askModem(dataDir, modem, 'GET', '/health?step=3600')) as HealthSeries;
      process.stdout.write(`${standing(modem)}\n\n${history(series.points)}\n`);
    });
}

function standing(modem: ModemView): string {
  const { problem } = modem;
  const lines: (readonly [string, string | null | undefined])[] = [
    ['State', modem.state],
    ['Problem', problem && `${problem.message} (${problem.code})`],
    ...(problem?.remedy?.commands ?? []).map((command) => ['What helps', command] as const),
    ...modem.warnings.map(({ message }) => ['Warning', message] as const),
    ['Port', modem.port],
    ['Modem', makeOf(modem)],
    ['Firmware', modem.firmware],
    ['IMEI', modem.imei],
    ['SIM', modem.iccid ?? modem.imsi],
    ['Number', modem.number],
    ['Network', [modem.operator, modem.technology, modem.registration].filter(Boolean).join(', ')],
    ['Signal', modem.signal_dbm === null ? null : `${modem.signal_dbm} dBm`],
    ['USSD codes', modem.ussd_way === 'automatic' ? null : modem.ussd_way],
    ['Texts waiting', String(modem.queue_depth)],
    ['Last answer', modem.last_seen_at],
  ];
  return lines
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name.padEnd(14)}${printable(value ?? '')}`)
    .join('\n');
}

function history(points: readonly HealthPoint[]): string {
  if (points.length === 0) return 'Nothing was noted of it in the last day.';
  const rows = points.map((point) => [
    point.at,
    `${Math.round(point.online * 100)} %`,
    measure(point.signal_dbm, 'dBm'),
    measure(point.temperature_c, '°C'),
    measure(point.storage_percent, '%'),
    point.technology ?? '',
    point.operator ?? '',
  ]);
  return table(['FROM', 'READY', 'SIGNAL', 'TEMPERATURE', 'STORAGE', 'TECHNOLOGY', 'OPERATOR'], rows);
}

function measure(value: number | null, unit: string): string {
  return value === null ? '' : `${Math.round(value)} ${unit}`;
}

/** What a modem says of itself may hold anything; control characters must not reach the terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\u{FFFD}');
}
