import { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { batchCommand } from './batch.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { emulateCommand } from './emulate.ts';
import { eraseCommand } from './erase.ts';
import { importCommand } from './import.ts';
import { keysCommand } from './keys.ts';
import { listsCommand } from './lists.ts';
import { mailCommand } from './mail.ts';
import { modemCommand } from './modem/modem.ts';
import { modemsCommand } from './modem/modems.ts';
import { passwordCommand } from './password.ts';
import { pduCommand } from './pdu.ts';
import { portsCommand } from './ports.ts';
import { queueCommand } from './queue.ts';
import { sendCommand } from './send.ts';
import { serveCommand } from './serve.ts';
import { settingsCommand } from './settings.ts';
import { signInCommand } from './sign-in.ts';
import { simsCommand } from './sims.ts';
import { version } from './version.ts';

/** Runs the command line; an error becomes a sentence on standard error and exit status 1. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('postern')
    .description(
      'An SMS gateway on your own machine: USB modems, a REST API on localhost, everything in SQLite.',
    )
    .version(version)
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what there is)');
  const commands = [
    serveCommand,
    demoCommand,
    keysCommand,
    passwordCommand,
    signInCommand,
    auditCommand,
    simsCommand,
    settingsCommand,
    queueCommand,
    backupCommand,
    restoreCommand,
    listsCommand,
    eraseCommand,
    mailCommand,
    sendCommand,
    importCommand,
    batchCommand,
    modemsCommand,
    modemCommand,
    portsCommand,
    doctorCommand,
    emulateCommand,
    pduCommand,
  ];
  for (const command of commands) program.addCommand(command());
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.stderr.write(`error: ${(error as Error).message}\n`);
    if (process.env.POSTERN_LOG_LEVEL === 'debug') process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
