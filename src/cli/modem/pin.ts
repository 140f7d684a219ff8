import { Command, Option } from 'commander';
import type { PinRequest } from '../../contract/modem-actions.ts';
import { dataDirOption } from '../data-dir.ts';
import { secretInput } from '../secret-input.ts';
import { askModem, findModem } from './find-modem.ts';

interface PinOptions {
  readonly dataDir: string;
  readonly unblock?: true;
  readonly change?: true;
  readonly query?: 'on' | 'off';
}

/** `postern modem <id> pin`: sees to the lock of the SIM. PIN and PUK are never arguments of the process. */
export function pinAction(id: string): Command {
  return new Command('pin')
    .description('enter the PIN of the SIM; it is kept for it')
    .addOption(new Option('--unblock', 'enter the PUK and a new PIN').conflicts(['change', 'query']))
    .addOption(new Option('--change', 'give it another PIN').conflicts('query'))
    .addOption(
      new Option('--query <on|off>', 'whether it asks for its PIN at every start').choices(['on', 'off']),
    )
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      '\nPIN and PUK are asked for on the terminal, or read from standard input, a line for each.\nPOSTERN_PIN can hold the present PIN.',
    )
    .action(async (options: PinOptions) => run(id, options));
}

async function run(id: string, options: PinOptions): Promise<void> {
  const { dataDir } = options;
  const modem = await findModem(dataDir, id);
  await askModem(dataDir, modem, 'POST', '/pin', await requestOf(options));
  process.stdout.write('Done. The SIM took it.\n');
}

async function requestOf({ unblock, change, query }: PinOptions): Promise<PinRequest> {
  const input = secretInput();
  const present = async () => process.env.POSTERN_PIN || (await input.ask('PIN'));
  if (unblock) return { action: 'unblock', puk: await input.ask('PUK'), new_pin: await input.ask('New PIN') };
  if (change) return { action: 'change', pin: await present(), new_pin: await input.ask('New PIN') };
  if (query) return { action: 'query', on: query === 'on', pin: await present() };
  return { action: 'enter', pin: await present() };
}
