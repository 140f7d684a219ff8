/**
 * On which Node.js Postern runs. This file is loaded by whatever Node there is, an old one among them: it knows Node's
 * own modules and nothing else.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

/** The database library is built for this version of Node-API, first in Node 22.14; an older one it crashes. */
const neededNodeApi = 10;
/** From this major version on, what a serial port receives may lie unread until something else happens. */
const firstUntriedMajor = 26;

/** What this very Node.js is to Postern. */
export type Fitness = 'fits' | 'too old' | 'untried';

/** Judges a Node.js by `process.versions`. */
export function fitnessOf({ napi, node }: { readonly napi?: string; readonly node: string }): Fitness {
  if (Number(napi) < neededNodeApi) return 'too old';
  return Number.parseInt(node, 10) < firstUntriedMajor ? 'fits' : 'untried';
}

/** Set for what this file starts: that one is never started on yet another Node.js, whatever it takes itself for. */
const chosenMark = 'POSTERN_NODE_CHOSEN';

/**
 * The Node.js that was installed as one of Postern's packages; undefined where there is none for this system, or where
 * this is it.
 */
export function nodeThatCameAlong(): string | undefined {
  if (process.env[chosenMark]) return undefined;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${system}-${process.arch}/package.json`);
    const path = join(dirname(manifest), 'bin', program);
    return existsSync(path) && path !== process.execPath ? path : undefined;
  } catch {
    return undefined;
  }
}

const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs this same command line on another Node.js, in front of the same terminal, and ends as that ends. It gets the
 * signals that this process gets; a signal that comes twice, as from Ctrl-C, changes nothing.
 */
export function runOn(node: string, argv: readonly string[]): void {
  const env = { ...process.env, [chosenMark]: '1' };
  const child = spawn(node, argv.slice(1), { stdio: 'inherit', env });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of forwardedSignals) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`error: ${node} cannot be run (${error.message}). Install Node.js 24.\n`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    process.exitCode = status ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}

/** Told to whoever has only a Node.js that cannot run Postern. */
export function tooOldSentence(version: string): string {
  return `Postern needs Node.js 22.14 or newer (24 is best); this is ${version}. Install Node.js 24. In a checkout, start it with "npm run", which brings its own.`;
}

/** Told to whoever has only a Node.js that is newer than what Postern was tried on. */
export function untriedSentence(version: string): string {
  return `Postern was not tried on Node.js ${version}: modems may answer late on it. Node.js 24 is best.`;
}
