import { Command } from 'commander';
import { MailStore } from '../store/mail-store.ts';
import { readKeyFile, SecretBox } from '../store/secret-box.ts';
import { dataDirOption, withDatabase } from './data-dir.ts';
import { asOperator } from './operator.ts';
import { secretInput } from './secret-input.ts';

/** `postern mail password`: what cannot be among the settings, since those are shown. */
export function mailCommand(): Command {
  const mail = new Command('mail').description(
    'set the password of the mail server that events are forwarded by',
  );
  mail
    .command('password')
    .description('ask for the password and keep it sealed; "settings" holds all else of the mail server')
    .option('--remove', 'forget the password')
    .addOption(dataDirOption())
    .action(async ({ dataDir, remove }: { dataDir: string; remove?: boolean }) => {
      const password = remove ? undefined : await secretInput().ask('Password of the mail server');
      withDatabase(dataDir, (database) =>
        asOperator(
          database,
          { action: remove ? 'password.remove' : 'password.set', target: 'mail server' },
          () => new MailStore(database, new SecretBox(readKeyFile(dataDir))).setPassword(password),
        ),
      );
      process.stdout.write(remove ? 'The password is forgotten.\n' : 'The password is kept.\n');
    });
  return mail;
}
