import { Command } from 'commander';
import { endWithReader } from './closed-output.ts';
import { version } from './version.ts';

/** Each command by its name. Loading all of them takes longer than most of them do. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  keys: async () => (await import('./keys.ts')).keysCommand(),
  password: async () => (await import('./password.ts')).passwordCommand(),
  'sign-in': async () => (await import('./sign-in.ts')).signInCommand(),
  audit: async () => (await import('./audit.ts')).auditCommand(),
  sims: async () => (await import('./sims.ts')).simsCommand(),
  settings: async () => (await import('./settings.ts')).settingsCommand(),
  queue: async () => (await import('./queue.ts')).queueCommand(),
  backup: async () => (await import('./backup.ts')).backupCommand(),
  restore: async () => (await import('./backup.ts')).restoreCommand(),
  lists: async () => (await import('./lists.ts')).listsCommand(),
  erase: async () => (await import('./erase.ts')).eraseCommand(),
  mail: async () => (await import('./mail.ts')).mailCommand(),
  send: async () => (await import('./send.ts')).sendCommand(),
  import: async () => (await import('./import.ts')).importCommand(),
  batch: async () => (await import('./batch.ts')).batchCommand(),
  modems: async () => (await import('./modem/modems.ts')).modemsCommand(),
  modem: async () => (await import('./modem/modem.ts')).modemCommand(),
  ports: async () => (await import('./ports.ts')).portsCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  emulate: async () => (await import('./emulate.ts')).emulateCommand(),
  pdu: async () => (await import('./pdu.ts')).pduCommand(),
};

/** They are there for others than whoever reads what they say first. */
const serving: ReadonlySet<string | undefined> = new Set(['serve', 'demo', 'emulate']);

/** Runs the command line; an error becomes a sentence on standard error and exit status 1. */
export async function main(argv: readonly string[]): Promise<void> {
  endWithReader([process.stdout, process.stderr], serving.has(argv[2]));
  const program = new Command('postern')
    .description(
      'An SMS gateway on your own machine: USB modems, a REST API on localhost, everything in SQLite.',
    )
    .version(version)
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what there is)');
  for (const command of await wanted(argv[2])) program.addCommand(command);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.stderr.write(`error: ${(error as Error).message}\n`);
    if (process.env.POSTERN_LOG_LEVEL === 'debug') process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
}

/** The command of that name; all of them where it is none, for the help that says which there are. */
function wanted(name = ''): Promise<Command[]> {
  const one = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return Promise.all((one ? [one] : Object.values(commands)).map((load) => load()));
}
