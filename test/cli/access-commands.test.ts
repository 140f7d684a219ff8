import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { Database } from '../../src/store/database.ts';
import { PasswordStore } from '../../src/store/password-store.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { tryCommandHere } from '../whole/command-here.ts';

const program = pathToFileURL(join(import.meta.dirname, '../../src/cli/main.ts')).href;
const script = `import { main } from '${program}'; await main(['node', 'postern', ...process.argv.slice(1)]);`;

/** Runs a command as a person does, with what is typed into it. */
async function postern(dataDir: string, words: readonly string[], typed = '') {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...words], {
    env: { ...process.env, POSTERN_DATA_DIR: dataDir },
  });
  child.stdin.end(typed);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { status: child.exitCode, stdout, stderr };
}

test('passwords are set and removed from the command line, which is written down with the user', async () => {
  const dataDir = temporaryFolder();
  const short = await postern(dataDir, ['password', 'set'], 'short\n');
  expect(short).toMatchObject({ status: 1, stderr: expect.stringContaining('at least 10 characters') });
  const set = await postern(dataDir, ['password', 'set', '--role', 'reader'], 'a long enough word\n');
  expect(set).toMatchObject({ status: 0, stdout: 'The reader has a new password.\n' });
  const database = Database.open(join(dataDir, 'postern.db'));
  expect(await new PasswordStore(database, systemClock).verify('reader', 'a long enough word')).toBe(true);
  database.close();
  const removed = await tryCommandHere(['password', 'remove', '--role', 'reader', '--data-dir', dataDir]);
  expect(removed.stdout).toBe('The reader has no password now.\n');
  const { stdout } = await tryCommandHere(['audit', '--target', 'reader', '--data-dir', dataDir]);
  expect(stdout).toMatch(/^TIME +WHO +FROM +ACTION +TARGET +DETAILS\n/);
  expect(stdout).toMatch(
    /command_line.* password\.remove +reader\n.*command_line.* password\.set +reader\n2 in all/,
  );
  expect(stdout).not.toContain('long enough');
});

test('where no gateway serves there is no link to sign in by', async () => {
  const answer = await tryCommandHere(['sign-in', '--data-dir', temporaryFolder()]);
  expect(answer).toMatchObject({ status: 1, stderr: expect.stringContaining('No gateway serves') });
});
