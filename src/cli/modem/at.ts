import { Command } from 'commander';
import type { AtAnswer } from '../../contract/modem-actions.ts';
import { dataDirOption } from '../data-dir.ts';
import { GatewayRefusal } from '../local-gateway.ts';
import { askModem, findModem } from './find-modem.ts';

interface AtOptions {
  readonly dataDir: string;
  readonly timeout: string;
  readonly force?: true;
}

/** `postern modem <id> at <command>`: one command on the modem, between what the gateway does anyway. */
export function atAction(id: string): Command {
  return new Command('at')
    .description('run one AT command')
    .argument('<command>', 'for example AT+CSQ; several are parted by semicolons')
    .option('--timeout <seconds>', 'how long the answer may take, up to 180', '10')
    .option('--force', 'run what would disturb the modem or the gateway')
    .addOption(dataDirOption())
    .action(async (command: string, options: AtOptions) => run(id, command, options));
}

async function run(id: string, command: string, { dataDir, timeout, force }: AtOptions): Promise<void> {
  if (!/^\d{1,3}$/.test(timeout)) throw new Error('--timeout must be a number of seconds, 1 to 180.');
  const modem = await findModem(dataDir, id);
  const request = { command, timeout_seconds: Number(timeout), force: force ?? false };
  const answer = (await askModem(dataDir, modem, 'POST', '/at', request).catch(explain)) as AtAnswer;
  for (const line of answer.lines) process.stdout.write(`${line.replace(/\p{C}/gu, '\u{FFFD}')}\n`);
  process.stdout.write(`${answer.result ?? ''}${answer.result ? '\n' : ''}`);
  if (answer.prompted) process.stderr.write('The modem asked for a text; it got none.\n');
  if (answer.result === null) process.stderr.write(`No final result came within ${timeout} seconds.\n`);
  if (!answer.ok) process.exitCode = 1;
}

function explain(error: unknown): never {
  if (!(error instanceof GatewayRefusal) || error.code !== 'COMMAND_REFUSED') throw error;
  throw new Error(
    error.details?.force === undefined ? error.sentence : `${error.sentence}\n--force runs it all the same.`,
  );
}
