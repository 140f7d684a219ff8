import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { AtLogLine, AtLogView } from '../../contract/modem-actions.ts';
import { dataDirOption } from '../data-dir.ts';
import { askModem, findModem } from './find-modem.ts';

interface LogOptions {
  readonly dataDir: string;
  readonly lines: string;
  readonly bodies?: true;
  readonly follow?: true;
}

const followEveryMs = 500;

/** `postern modem <id> log`: what passed between the gateway and the modem. */
export function logAction(id: string): Command {
  return new Command('log')
    .description('show what passed between the gateway and the modem')
    .option('--lines <n>', 'how many, the newest', '100')
    .option('--bodies', 'show texts and USSD answers too; PINs never are')
    .option('--follow', 'go on until Ctrl-C')
    .addOption(dataDirOption())
    .action(async (options: LogOptions) => run(id, options));
}

async function run(id: string, { dataDir, lines, bodies, follow }: LogOptions): Promise<void> {
  if (!/^\d{1,4}$/.test(lines)) throw new Error('--lines must be a number, 1 to 2000.');
  const modem = await findModem(dataDir, id);
  const read = async (range: string) =>
    (await askModem(dataDir, modem, 'GET', `/at-log?${range}&bodies=${bodies ?? false}`)) as AtLogView;
  let log = await read(`limit=${lines}`);
  print(log.lines);
  while (follow) {
    await pause(followEveryMs);
    log = await read(`after=${log.last_seq}&limit=2000`);
    print(log.lines);
  }
}

const marks = { out: '>', in: '<', port: '-' } as const;

function print(lines: readonly AtLogLine[]): void {
  for (const { at, direction, text } of lines) {
    process.stdout.write(`${at} ${marks[direction]} ${text.replace(/\p{C}/gu, '\u{FFFD}')}\n`);
  }
}
