import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithUs } from './child.ts';

/** A gateway that others wrote, from Debian: how it is told of a modem and of texts, all of them there when it starts. */
export interface ForeignGateway {
  readonly name: string;
  readonly program: string;
  readonly folders: readonly string[];
  /** What is written where before it starts, by the name of the file. */
  readonly files: (
    device: string,
    folder: string,
    texts: number,
    to: string,
  ) => Readonly<Record<string, string>>;
  readonly options: (folder: string) => readonly string[];
}

const body = (place: number) => `Text ${place} of the benchmark, one segment long.`;
const places = (texts: number) => Array.from({ length: texts }, (_, at) => at + 1);
const padded = (place: number) => String(place).padStart(6, '0');

/** smstools 3, with nothing set that would slow it down: no checks, no pauses, the port kept open. */
export const smstools: ForeignGateway = {
  name: 'smstools',
  program: '/usr/sbin/smsd',
  folders: ['outgoing', 'checked', 'incoming', 'failed', 'sent', 'report'],
  files: (device, folder, texts, to) => ({
    'smsd.conf': [
      'devices = GSM1',
      ...[
        'outgoing',
        'checked',
        'incoming',
        'failed',
        'sent',
        'report',
        'logfile',
        'infofile',
        'pidfile',
      ].map((name) => `${name} = ${join(folder, name)}`),
      ...['delaytime = 1', 'delaytime_mainprocess = 1', 'loglevel = 3', 'trust_outgoing = yes'],
      ...[
        '[GSM1]',
        `device = ${device}`,
        'baudrate = 115200',
        'rtscts = no',
        'incoming = no',
        'report = yes',
      ],
      ...[
        'pre_init = no',
        'keep_open = yes',
        'send_delay = -2',
        'check_network = no',
        'signal_quality_ber_ignore = yes',
      ],
      '',
    ].join('\n'),
    ...Object.fromEntries(
      places(texts).map((place) => [`outgoing/${padded(place)}`, `To: ${to.slice(1)}\n\n${body(place)}`]),
    ),
  }),
  options: (folder) => ['-t', `-c${join(folder, 'smsd.conf')}`],
};

/** The daemon of gammu with its files service, without pauses and without checks of its own. */
export const gammuSmsd: ForeignGateway = {
  name: 'gammu-smsd',
  program: '/usr/bin/gammu-smsd',
  folders: ['inbox', 'outbox', 'sent', 'error'],
  files: (device, folder, texts, to) => ({
    smsdrc: [
      ...['[gammu]', `device = ${device}`, 'connection = at115200', 'model = at'],
      ...['[smsd]', 'service = files', `logfile = ${join(folder, 'log')}`, 'debuglevel = 0'],
      ...[`inboxpath = ${folder}/inbox/`, `outboxpath = ${folder}/outbox/`, `sentsmspath = ${folder}/sent/`],
      ...[`errorsmspath = ${folder}/error/`, 'loopsleep = 0', 'checksecurity = 0', 'checksignal = 0'],
      ...[
        'checkbattery = 0',
        'checknetwork = 0',
        'receivefrequency = 0',
        'resetfrequency = 0',
        'deliveryreport = log',
      ],
      '',
    ].join('\n'),
    ...Object.fromEntries(
      places(texts).map((place) => [`outbox/OUTC20260101_000000_${padded(place)}_${to}_x.txt`, body(place)]),
    ),
  }),
  options: (folder) => ['-c', join(folder, 'smsdrc')],
};

/** One of them at work. */
export class ForeignRun {
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
  }

  /** Starts it with so many texts to send; throws where it is not installed. */
  static async start(
    gateway: ForeignGateway,
    device: string,
    texts: number,
    to: string,
  ): Promise<ForeignRun> {
    if (!existsSync(gateway.program)) throw new Error(`${gateway.name} is not installed.`);
    const folder = await mkdtemp(join(tmpdir(), 'postern-bench-foreign-'));
    for (const name of gateway.folders) mkdirSync(join(folder, name));
    for (const [name, content] of Object.entries(gateway.files(device, folder, texts, to)))
      writeFileSync(join(folder, name), content);
    const child = spawn(gateway.program, [...gateway.options(folder)], { cwd: folder, stdio: 'ignore' });
    endWithUs(child);
    return new ForeignRun(child, folder);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
