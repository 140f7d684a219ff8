import { Command } from 'commander';
import type { ModemView } from '../../contract/modem.ts';
import { dataDirOption } from '../data-dir.ts';
import { atAction } from './at.ts';
import { askModem, findModem } from './find-modem.ts';
import { healthAction } from './health.ts';
import { logAction } from './log.ts';
import { pinAction } from './pin.ts';
import { setAction } from './set.ts';
import { ussdAction } from './ussd.ts';

const actions = [
  healthAction,
  atAction,
  ussdAction,
  setAction,
  pinAction,
  resetAction,
  disableAction,
  enableAction,
  logAction,
];

/** `postern modem <id> health | at | ussd | set | pin | reset | disable | enable | log`, at the gateway that is running. */
export function modemCommand(): Command {
  return new Command('modem')
    .description('look at one modem of the gateway that is running, and deal with it by hand')
    .argument('<id>', 'its IMEI or the last digits of it, its port, or the number of its SIM')
    .argument('<action>', 'what to do, see below')
    .argument('[rest...]')
    .passThroughOptions()
    .allowUnknownOption()
    .showHelpAfterError('(postern modem --help shows what can be done)')
    .addHelpText('after', `\nActions:\n${overview()}\n\n"postern modem <id> <action> --help" explains each.`)
    .action(async (id: string, action: string, rest: string[]) => {
      const program = new Command(`postern modem ${id}`).showHelpAfterError('(--help shows what there is)');
      for (const make of actions) program.addCommand(make(id));
      await program.parseAsync([action, ...rest], { from: 'user' });
    });
}

function overview(): string {
  return actions
    .map((make) => make(''))
    .map((command) => `  ${command.name().padEnd(10)}${command.description()}`)
    .join('\n');
}

function resetAction(id: string): Command {
  return whole(id, 'reset', 'restart it', (port) => `The modem at ${port} starts anew.`);
}

function disableAction(id: string): Command {
  return whole(
    id,
    'disable',
    'let it go until it is enabled again',
    (port) => `The modem at ${port} is let go: other programs can use it.`,
  );
}

function enableAction(id: string): Command {
  return whole(id, 'enable', 'use it again', (port) => `The modem at ${port} is used again.`);
}

/** Something that is done to the modem as a whole, and the sentence that tells of it. */
function whole(id: string, name: string, description: string, sentence: (port: string) => string): Command {
  return new Command(name)
    .description(description)
    .addOption(dataDirOption())
    .action(async ({ dataDir }: { dataDir: string }) => {
      const modem = await findModem(dataDir, id);
      const { port } = (await askModem(dataDir, modem, 'POST', `/${name}`)) as ModemView;
      process.stdout.write(`${sentence(port)}\n`);
    });
}
