import { Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { newPassword, type Role, roles } from '../contract/session.ts';
import { hashPassword, PasswordStore } from '../store/password-store.ts';
import { SessionStore } from '../store/session-store.ts';
import { dataDirOption, withDatabase } from './data-dir.ts';
import { asOperator } from './operator.ts';
import { secretInput } from './secret-input.ts';
import { sentenceOf } from './settings.ts';

interface PasswordOptions {
  readonly role: Role;
  readonly dataDir: string;
}

/** `postern password set | remove`: works on the database itself, also while a gateway serves from it. */
export function passwordCommand(): Command {
  const password = new Command('password').description('set the passwords that the pages ask for');
  password
    .command('set')
    .description('set a password; whoever is signed in by the old one must sign in anew')
    .addOption(roleOption())
    .addOption(dataDirOption())
    .addHelpText('after', '\nThe password is asked for on the terminal, or read from standard input.')
    .action(async (options: PasswordOptions) => set(options));
  password
    .command('remove')
    .description('from now on only one-time links sign in')
    .addOption(roleOption())
    .addOption(dataDirOption())
    .action((options: PasswordOptions) => remove(options));
  return password;
}

/** Who signs in. */
export function roleOption(): Option {
  return new Option('--role <role>', 'an administrator may do everything, a reader only looks')
    .choices(roles)
    .default('administrator');
}

async function set({ role, dataDir }: PasswordOptions): Promise<void> {
  const wanted = newPassword.safeParse({ password: await secretInput().ask(`New password (${role})`) });
  if (!wanted.success) throw new Error(wanted.error.issues.map(sentenceOf).join('\n'));
  const hash = await hashPassword(wanted.data.password);
  withDatabase(dataDir, (database) =>
    asOperator(database, { action: 'password.set', target: role }, () => {
      new PasswordStore(database, systemClock).keep(role, hash);
      new SessionStore(database, systemClock).endAll(role);
    }),
  );
  process.stdout.write(`The ${role} has a new password.\n`);
}

function remove({ role, dataDir }: PasswordOptions): void {
  const removed = withDatabase(dataDir, (database) =>
    asOperator(database, { action: 'password.remove', target: role }, () => {
      new SessionStore(database, systemClock).endAll(role);
      return new PasswordStore(database, systemClock).remove(role);
    }),
  );
  process.stdout.write(removed ? `The ${role} has no password now.\n` : `The ${role} had no password.\n`);
}
