/**
 * All set-up, from a bare checkout, on whatever Node runs npm: installs the packages when the lock file changed (among
 * them the Node that Postern runs on) and builds when a source changed. Prints nothing when there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const installStamp = 'node_modules/.postern-setup';
const buildStamp = 'dist/.postern-build';
const lock = '.setup-lock';
const staleLockMs = 15 * 60_000;
const oldestNode = [18, 0];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  fail(
    `Postern's set-up needs Node.js ${oldestNode.join('.')} or newer with npm; this is ${process.version}. Install Node.js 24.`,
  );
}

const install = () => hash([readFileSync('package-lock.json'), platform()]);
const build = () =>
  hash(
    ['src', 'renderer', 'electron']
      .flatMap(listing)
      .concat(listing('vite.config.ts'), readFileSync(installStamp)),
  );

if (!isFresh(installStamp, install) || !isFresh(buildStamp, build)) {
  const release = takeLock();
  try {
    if (!isFresh(installStamp, install)) installPackages();
    if (!isFresh(buildStamp, build)) buildAll();
  } finally {
    release();
  }
}

function installPackages() {
  process.stderr.write('Postern: installing packages, which takes a minute the first time ...\n');
  run(npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']), 'npm could not install the packages.');
  writeFileSync(installStamp, install());
}

function buildAll() {
  process.stderr.write('Postern: building ...\n');
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  run([fittingNode(), vite, 'build', '--logLevel', 'warn'], 'The build failed.');
  writeFileSync(buildStamp, build());
}

/** The Node that was installed with the packages; where there is none for this system, the one that runs this. */
function fittingNode() {
  const name = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = join('node_modules', `node-${name}-${process.arch}`, 'bin', program);
  if (existsSync(installed)) return installed;
  if (Number(process.versions.napi) < 10) {
    fail(
      `Postern needs Node.js 22.14 or newer (24 is best); this is ${process.version}. Install Node.js 24 and try again.`,
    );
  }
  return process.execPath;
}

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return [process.execPath, cli, ...args];
  return process.platform === 'win32' ? ['npm.cmd', ...args] : ['npm', ...args];
}

function run([program, ...args], complaint) {
  const shell = program.endsWith('.cmd');
  const result = spawnSync(program, args, { stdio: ['ignore', 2, 2], shell });
  if (result.status !== 0) fail(complaint);
}

/** Two first runs at once must not both delete node_modules. */
function takeLock() {
  const patience = Date.now() + staleLockMs;
  while (!makeLock()) {
    if (Date.now() > patience || isStale()) rmSync(lock, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.on('exit', release);
  return release;
}

function makeLock() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    return false;
  }
}

function isStale() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function isFresh(stamp, want) {
  return existsSync(stamp) && existsSync(installStamp) && readFileSync(stamp, 'utf8') === want();
}

function listing(path) {
  if (!existsSync(path)) return [];
  const { mtimeMs, size } = statSync(path);
  if (!statSync(path).isDirectory()) return [`${path} ${mtimeMs} ${size}`];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listing(join(path, name)));
}

function platform() {
  return `${process.platform} ${process.arch}`;
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\n');
  return sum.digest('hex');
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
