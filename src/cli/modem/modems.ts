import { Command } from 'commander';
import type { ModemView } from '../../contract/modem.ts';
import { dataDirOption } from '../data-dir.ts';
import { table } from '../table.ts';
import { listModems } from './find-modem.ts';

/** `postern modems`: the modems of the gateway that is running, and what is wrong with them. */
export function modemsCommand(): Command {
  return new Command('modems')
    .description('list the modems of the gateway that is running, and what is wrong with them')
    .addOption(dataDirOption())
    .action(async ({ dataDir }: { dataDir: string }) => {
      process.stdout.write(`${overview(await listModems(dataDir))}\n`);
    });
}

function overview(modems: readonly ModemView[]): string {
  if (modems.length === 0) {
    return 'The gateway has no modem. Plug one in; "postern ports" shows what the system sees.';
  }
  const rows = modems.map((modem) => [
    modem.state,
    modem.port,
    makeOf(modem),
    modem.imei ?? '',
    modem.number ?? '(none yet)',
    modem.operator ?? '',
    modem.signal_dbm === null ? '' : `${modem.signal_dbm} dBm`,
    [modem.problem, ...modem.warnings]
      .map((trouble) => trouble?.message ?? '')
      .join(' ')
      .trim(),
  ]);
  return table(['STATE', 'PORT', 'MODEM', 'IMEI', 'NUMBER', 'OPERATOR', 'SIGNAL', 'WHAT IS WRONG'], rows);
}

/** Maker and model, the maker once where the model begins with it. */
export function makeOf({ manufacturer, model }: ModemView): string {
  const parts = [manufacturer, model].filter((part) => part !== null);
  if (manufacturer && model?.toLowerCase().startsWith(manufacturer.toLowerCase())) return model;
  return parts.join(' ');
}
