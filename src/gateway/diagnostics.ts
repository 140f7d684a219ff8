import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import type { DatabaseCheckView, DiagnosticsBundle, DiagnosticsView } from '../contract/diagnostics.ts';
import { formatTimestamp } from '../contract/message.ts';
import { BackupFolder } from '../store/backup/folder.ts';
import { findDamage } from '../store/database-check.ts';
import { freeBytes } from '../store/free-bytes.ts';

export interface DiagnosticsContext {
  readonly clock: Clock;
  readonly version: string;
  /** The path of the database file. */
  readonly database: string;
  readonly notReady: () => string | undefined;
  readonly log: () => readonly string[];
  readonly network: () => unknown;
  readonly settings: () => unknown;
  readonly modems: () => readonly unknown[];
  readonly queue: () => unknown;
}

/** How the gateway and what it stands on are. */
export class Diagnostics {
  readonly #context: DiagnosticsContext;
  readonly #startedAt: number;
  #checking: Promise<DatabaseCheckView> | undefined;

  constructor(context: DiagnosticsContext) {
    this.#context = context;
    this.#startedAt = context.clock.now();
  }

  async view(): Promise<DiagnosticsView> {
    const { version, database, notReady } = this.#context;
    const folder = dirname(database);
    const backups = new BackupFolder(folder).list();
    const newest = backups[0];
    return {
      version,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      started_at: formatTimestamp(this.#startedAt),
      data_dir: folder,
      database_bytes: sizeOf(database),
      log_bytes: sizeOf(`${database}-wal`),
      free_bytes: await freeBytes(folder).catch(() => null),
      backups: {
        count: backups.length,
        bytes: backups.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        newest_at: newest ? formatTimestamp(newest.madeAt) : null,
      },
      not_ready: notReady() ?? null,
    };
  }

  /** Reads the whole database; whoever asks meanwhile waits for the same answer. */
  check(): Promise<DatabaseCheckView> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  /** All that helps to find out what is wrong, and nothing that is nobody's business. */
  async bundle(): Promise<DiagnosticsBundle> {
    const { clock, log, network, settings, modems, queue } = this.#context;
    const told = { network: network(), settings: settings(), modems: modems(), queue: queue(), log: log() };
    const plain = JSON.parse(JSON.stringify(told), (_name, value: unknown) =>
      typeof value === 'string' ? masked(value) : value,
    ) as Omit<DiagnosticsBundle, 'made_at' | 'diagnostics'>;
    return { made_at: formatTimestamp(clock.now()), diagnostics: await this.view(), ...plain };
  }

  async #check(): Promise<DatabaseCheckView> {
    const { clock, database } = this.#context;
    const before = clock.monotonic();
    const finding = await findDamage(database);
    return {
      sound: finding === undefined,
      finding: finding ?? null,
      took_ms: Math.round(clock.monotonic() - before),
    };
  }
}

/** Of numbers (also IMEI, ICCID, IMSI) the last three digits stay, of e-mail addresses the domain, of secrets nothing. */
export function masked(text: string): string {
  return text
    .replace(/\b(?:ak|whsec)_\w+/g, '[secret]')
    .replace(/[^\s"'<>@,;:\\]+@(?=[\w-]+\.?)/g, '…@')
    .replace(/\+?\d{4,}(\d{3})(?!\d)/g, '…$1');
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
