/**
 * `npm run test:desktop`: the tests of the desktop app in the real Electron. Where its binary is not there they cannot
 * run, which is a failure unless ALLOW_NO_ELECTRON=1 says that it is known.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
const pathFile = join(root, 'node_modules/electron/path.txt');
const usualName = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform];
const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : (usualName ?? 'electron');
const program = join(dist, name);

if (existsSync(program)) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', 'desktop', ...process.argv.slice(2)];
  const env = { ...process.env, TEST_ELECTRON: program };
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
} else {
  const isKnown = process.env.ALLOW_NO_ELECTRON === '1';
  console.error(
    `There is no Electron at ${program}: NOTHING was proven of the desktop app in the real Electron.`,
  );
  console.error(
    isKnown
      ? 'ALLOW_NO_ELECTRON=1 takes this for known.'
      : 'Run "npx install-electron --no", or set ALLOW_NO_ELECTRON=1 where no binary can be had.',
  );
  process.exitCode = isKnown ? 0 : 1;
}
