import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface ForeignProgram {
  /** A name to look for along PATH and where Debian keeps programs, or a path. */
  readonly program: string;
  readonly debianPackages: string;
  /** For a program that must know something more: arguments with which it ends with status 0 when it does. */
  readonly proof?: readonly string[];
}

const programs = {
  chromium: { program: process.env.CHROMIUM ?? 'chromium', debianPackages: 'chromium' },
  gammu: { program: 'gammu', debianPackages: 'gammu' },
  smstools: { program: 'smsd', debianPackages: 'smstools' },
  bearerbox: { program: 'bearerbox', debianPackages: 'kannel' },
  smsbox: { program: 'smsbox', debianPackages: 'kannel' },
  exim: { program: 'exim4', debianPackages: 'exim4-daemon-light' },
  tshark: { program: 'tshark', debianPackages: 'tshark' },
  python: {
    program: '/usr/bin/python3',
    debianPackages: 'python3-requests',
    proof: ['-c', 'import requests'],
  },
  php: {
    program: '/usr/bin/php',
    debianPackages: 'php-cli php-curl',
    proof: ['-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
  },
} as const satisfies Record<string, ForeignProgram>;

export type ForeignName = keyof typeof programs;

/** Where one of the programs is that others wrote; undefined where it, or what it must know, is not installed. */
export function pathOf(name: ForeignName): string | undefined {
  const { program, proof }: ForeignProgram = programs[name];
  const path = candidates(program).find((candidate) => existsSync(candidate));
  if (path === undefined || proof === undefined) return path;
  return spawnSync(path, proof, { stdio: 'ignore' }).status === 0 ? path : undefined;
}

/** Whether tests with these programs are to be left out: a machine of a user may lack them, CI may not. */
export function leftOut(...names: readonly ForeignName[]): boolean {
  const missing = names.filter((name) => pathOf(name) === undefined);
  const packages = missing.map((name) => programs[name].debianPackages).join(' ');
  return leftOutUnless(
    missing.length === 0,
    `These tests need ${missing.join(' and ')}: apt-get install -y ${packages}`,
  );
}

/**
 * Whether tests are to be left out because the machine lacks what they need. In CI nothing is left out: there it throws
 * the sentence that says what is missing.
 */
export function leftOutUnless(isThere: boolean, sentence: string): boolean {
  if (!isThere && process.env.CI) throw new Error(sentence);
  return !isThere;
}

function candidates(program: string): string[] {
  if (program.includes('/')) return [program];
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, program));
}
