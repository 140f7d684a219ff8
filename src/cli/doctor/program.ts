import { existsSync } from 'node:fs';
import { mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { databaseFile } from '../../config.ts';
import { checkDatabase, checkWritable, isLocked } from '../../store/database.ts';
import { freeBytes } from '../../store/free-bytes.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { RunningGateway } from './running-gateway.ts';

const oldestNode = [22, 14] as const;
const newestMajor = 25;
const littleBytes = 1_000_000_000;
const tooLittleBytes = 100_000_000;

/** Whether this Node is one that Postern is made for. */
export function diagnoseNode(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const old = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (old)
    return {
      level: 'problem',
      sentence: `Node.js ${version} is too old: Postern needs ${oldestNode.join('.')} or newer.`,
    };
  if (major > newestMajor)
    return { level: 'hint', sentence: `Node.js ${version} is newer than those that Postern was tried with.` };
  return { level: 'fine', sentence: `Node.js ${version}` };
}

/** Whether files can be made in the data directory, or where it will be made. */
export async function diagnoseDataDir(dataDir: string): Promise<Diagnosis> {
  try {
    if (existsSync(dataDir)) await tryFile(dataDir);
    else await tryFolder(existingParent(dataDir));
  } catch (error) {
    return {
      level: 'problem',
      sentence: `The data directory ${dataDir} cannot be written (${(error as Error).message}). Mend its rights, or name another one with --data-dir.`,
    };
  }
  const state = existsSync(dataDir) ? 'can be written' : 'will be made at the first start';
  return { level: 'fine', sentence: `The data directory ${dataDir} ${state}.` };
}

/** Rights do not tell all: a file system may be mounted read-only, or full. */
async function tryFile(folder: string): Promise<void> {
  const file = join(folder, `.doctor-${process.pid}`);
  await writeFile(file, 'x', { mode: 0o600 });
  await rm(file);
}

async function tryFolder(folder: string): Promise<void> {
  await rmdir(await mkdtemp(join(folder, '.postern-doctor-')));
}

function existingParent(folder: string): string {
  return existsSync(folder) ? folder : existingParent(dirname(folder));
}

/** Whether there is room for texts and backups. */
export async function diagnoseSpace(dataDir: string): Promise<Diagnosis> {
  const folder = existingParent(dataDir);
  const free = await freeBytes(folder);
  const sentence = `${Math.floor(free / 1_000_000)} MB are free on the disk of ${folder}.`;
  if (free < tooLittleBytes)
    return {
      level: 'problem',
      sentence: `${sentence} Make room: texts are taken only once they are on disk.`,
    };
  return { level: free < littleBytes ? 'hint' : 'fine', sentence };
}

/** Whether the database can be used; nothing in it is changed. */
export function diagnoseDatabase(dataDir: string): Diagnosis {
  const file = databaseFile(dataDir);
  if (!existsSync(file))
    return { level: 'fine', sentence: `There is no database yet; ${file} is made at the first start.` };
  try {
    checkDatabase(file);
    checkWritable(file);
    return { level: 'fine', sentence: `The database ${file} is sound.` };
  } catch (error) {
    return { level: 'problem', sentence: (error as Error).message };
  }
}

/** Whether a gateway serves from the data directory, or something else keeps one out. */
export function diagnoseInstance(dataDir: string, running: RunningGateway | undefined): Diagnosis {
  if (running?.answers)
    return { level: 'fine', sentence: `A gateway serves at ${running.url} (process ${running.pid}).` };
  if (!isLocked(join(dataDir, 'postern.lock')))
    return { level: 'fine', sentence: `No gateway serves from ${dataDir}.` };
  const who = running ? ` (process ${running.pid})` : '';
  return {
    level: 'problem',
    sentence: `Another Postern${who} holds ${dataDir} and does not answer at the address that it left there. Wait until it has started, or stop it.`,
  };
}
