import { statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { BackupView } from '../../contract/backup.ts';
import { formatTimestamp } from '../../contract/message.ts';
import type { Logger } from '../../log.ts';
import type { Actor } from '../audit-log.ts';
import { freeBytes } from '../free-bytes.ts';
import { copyDatabase } from './copy.ts';
import { BackupFolder, type KeptBackup } from './folder.ts';
import { PendingRestore } from './pending-restore.ts';
import { BackupUpload, type UploadPart } from './upload.ts';

export type BackupErrorCode = 'BACKUP_NOT_FOUND' | 'BACKUP_BUSY' | 'NO_SPACE';

/** A backup cannot be made, read or deleted now; the message says why and what to do. */
export class BackupError extends Error {
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string) {
    super(message);
    this.name = 'BackupError';
    this.code = code;
  }
}

export interface BackupDeskContext {
  readonly clock: Clock;
  readonly log: Logger;
  /** The path of the database file. */
  readonly database: string;
  /** How many backups are kept. */
  readonly keep: () => number;
  /** Stops the gateway and starts it again; undefined where nobody could. */
  readonly restart: (() => void) | undefined;
  /** Called when a restore that was ordered comes to nothing. */
  readonly restoreFailed?: () => void;
  /** Octets that are free on the disk of a folder; the system is asked where nothing is given. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

interface Work {
  readonly name: string;
  readonly kind: 'making' | 'restoring';
  readonly beganAt: number;
  readonly cut: AbortController;
  share: number;
}

interface Failure {
  readonly name: string;
  readonly kind: Work['kind'];
  readonly at: number;
  readonly sentence: string;
}

/** Must be left beside a copy: the gateway has to go on writing down what becomes of texts. */
const spareBytes = 50_000_000;
/** Whoever watches a restore is to hear that it comes to its end before the connection is cut. */
const lastWordMs = 1_500;

/** Backups as an administrator sees them: one thing at a time is made or restored, and can be watched. */
export class BackupDesk {
  readonly #context: BackupDeskContext;
  readonly #folder: BackupFolder;
  readonly #restore: PendingRestore;
  readonly #upload: BackupUpload;
  #work: Work | undefined;
  #done: Promise<void> = Promise.resolve();
  #failure: Failure | undefined;
  #ordered: string | undefined;

  constructor(context: BackupDeskContext) {
    this.#context = context;
    this.#folder = new BackupFolder(dirOf(context.database));
    this.#restore = new PendingRestore(context.database);
    this.#upload = new BackupUpload(this.#folder);
  }

  /** Newest first, one that is being made among them. */
  list(): BackupView[] {
    const kept = this.#folder.list().map((backup) => this.#view(backup));
    const unfinished = this.#unfinished();
    return unfinished === undefined ? kept : [unfinished, ...kept];
  }

  find(name: string): BackupView {
    const unfinished = this.#unfinished();
    if (unfinished?.name === name) return unfinished;
    return this.#view(this.#kept(name));
  }

  /**
   * Why no text can be taken now, in a sentence: from the moment a restore is ordered, what is written goes with the
   * database that it replaces. Undefined where none is ordered, or where it failed.
   */
  get obstacle(): string | undefined {
    if (this.#work?.kind !== 'restoring' && this.#ordered === undefined) return undefined;
    return 'A backup is being restored: nothing is accepted until the gateway has started on it. Try again in a minute.';
  }

  /** The file of a backup that is ready, for whoever downloads it. */
  fileOf(name: string): { readonly path: string; readonly sizeBytes: number } {
    const { sizeBytes } = this.#kept(name);
    return { path: this.#folder.pathOf(name), sizeBytes };
  }

  /** Begins to make a backup. Rejects with a `BackupError` where that cannot begin. */
  async make(): Promise<BackupView> {
    this.#refuseWhileBusy();
    const { clock, database } = this.#context;
    const name = this.#folder.newName('postern', clock.now());
    const work = this.#begin(name, 'making');
    await this.#needRoom(sizeOf(database) + sizeOf(`${database}-wal`)).catch((error: unknown) => {
      this.#work = undefined;
      throw error;
    });
    this.#done = this.#run(work, async () => {
      await this.#copy(database, work);
      // the others seem newer where the clock was set back
      this.#folder.prune(this.#context.keep(), this.#ordered, name);
    });
    return this.find(name);
  }

  /**
   * Takes a backup from elsewhere, whole or a part of it. What is whole is checked, and then one of the backups.
   *
   * @throws BackupError, UploadError, StoreError where it cannot be taken
   */
  async upload(name: string, part: UploadPart, body: AsyncIterable<Buffer>): Promise<BackupView> {
    this.#refuseWhileBusy();
    this.#upload.refuseUnfit(name, part);
    if (part.offset === 0) await this.#needRoom(2 * part.size); // it is copied while it is checked
    const isWhole = await this.#upload.take(name, part, body);
    if (!isWhole) return this.#coming(name, (part.offset + part.octets) / part.size);
    await this.#done;
    const work = this.#begin(name, 'making');
    const check = async () => {
      try {
        await this.#copy(this.#upload.pathOf(name), work);
      } catch (error) {
        throw this.#upload.inWords(error, name);
      } finally {
        this.#upload.forget();
      }
    };
    this.#done = this.#run(work, check, 'warn'); // what is handed in may be anything
    return this.find(name);
  }

  /** Deletes a backup. Throws a `BackupError`. */
  remove(name: string): void {
    this.#kept(name);
    if (this.#work?.name === name) throw busy(this.#work);
    this.#folder.remove(name);
  }

  /**
   * Begins to restore a backup: a checked copy is laid ready, and then the gateway starts anew on it. Rejects with a
   * `BackupError` where that cannot begin.
   */
  async restore(name: string, actor: Actor): Promise<BackupView> {
    this.#refuseWhileBusy();
    const { sizeBytes } = this.#kept(name);
    const work = this.#begin(name, 'restoring');
    await this.#needRoom(sizeBytes).catch((error: unknown) => {
      this.#work = undefined;
      throw error;
    });
    this.#ordered = undefined;
    this.#done = this.#run(work, async () => {
      const { clock, restart } = this.#context;
      await this.#restore.prepare(this.#folder.pathOf(name), actor, clock.now(), this.#watching(work));
      this.#ordered = name;
      if (restart) clock.after(lastWordMs, restart);
    });
    return this.find(name);
  }

  /** Cuts short what is under way; nothing is left of it. */
  async stop(): Promise<void> {
    this.#work?.cut.abort();
    await this.#done;
  }

  #begin(name: string, kind: Work['kind']): Work {
    const work: Work = {
      name,
      kind,
      beganAt: this.#context.clock.now(),
      cut: new AbortController(),
      share: 0,
    };
    this.#work = work;
    this.#failure = undefined;
    return work;
  }

  /** @param level how loudly the log tells that it failed */
  async #run(work: Work, act: () => Promise<void>, level: 'error' | 'warn' = 'error'): Promise<void> {
    const { clock, log } = this.#context;
    try {
      await act();
      log.info(
        { backup: work.name },
        work.kind === 'making' ? 'a backup was made' : 'a backup is laid ready',
      );
    } catch (error) {
      const sentence = (error as Error).message;
      if (!work.cut.signal.aborted) log[level]({ err: error, backup: work.name }, 'a backup failed');
      this.#failure = { name: work.name, kind: work.kind, at: clock.now(), sentence };
    } finally {
      this.#work = undefined;
    }
    if (work.kind === 'restoring' && this.#failure) this.#context.restoreFailed?.();
  }

  /** Has a copy of a database among the backups, under the name of this work, once it is whole and was found sound. */
  async #copy(from: string, work: Work): Promise<void> {
    const path = this.#folder.pathOf(work.name);
    await copyDatabase(from, `${path}.part`, this.#watching(work));
    await rename(`${path}.part`, path);
  }

  #watching(work: Work) {
    const onProgress = (share: number) => {
      work.share = share;
    };
    return { onProgress, signal: work.cut.signal };
  }

  #refuseWhileBusy(): void {
    if (this.#work) throw busy(this.#work);
  }

  async #needRoom(bytes: number): Promise<void> {
    const free = await (this.#context.freeBytes ?? freeBytes)(dirOf(this.#context.database));
    if (free >= bytes + spareBytes) return;
    throw new BackupError(
      'NO_SPACE',
      `${megabytes(free)} MB are free on the disk of the data directory; ${megabytes(bytes + spareBytes)} MB are needed. Make room, or delete old backups.`,
    );
  }

  #kept(name: string): KeptBackup {
    const kept = this.#folder.find(name);
    if (kept) return kept;
    throw new BackupError('BACKUP_NOT_FOUND', 'There is no backup of this name.');
  }

  /** One that is being made, or could not be: neither is in the folder. */
  #unfinished(): BackupView | undefined {
    if (this.#work?.kind === 'making') {
      const { name, beganAt, share } = this.#work;
      return { ...this.#coming(name, share), created_at: formatTimestamp(beganAt) };
    }
    if (this.#failure?.kind !== 'making') return undefined;
    const { name, at, sentence } = this.#failure;
    return { ...this.#coming(name, 0), state: 'failed', created_at: formatTimestamp(at), error: sentence };
  }

  #coming(name: string, share: number): BackupView {
    return {
      name,
      state: 'making',
      progress_percent: percent(share),
      size_bytes: null,
      created_at: formatTimestamp(this.#context.clock.now()),
      error: null,
    };
  }

  #view({ name, sizeBytes, madeAt }: KeptBackup): BackupView {
    const work = this.#work?.name === name ? this.#work : undefined;
    const isNext = this.#ordered === name;
    const failure = this.#failure?.name === name ? this.#failure.sentence : null;
    return {
      name,
      state: work ? 'restoring' : isNext ? 'restore_ready' : 'ready',
      progress_percent: work ? percent(work.share) : 100,
      size_bytes: sizeBytes,
      created_at: formatTimestamp(madeAt),
      error: failure,
    };
  }
}

function busy({ name, kind }: Work): BackupError {
  const what =
    kind === 'making' ? `The backup ${name} is being made` : `The backup ${name} is being restored`;
  return new BackupError('BACKUP_BUSY', `${what}. Wait until that has ended.`);
}

function dirOf(database: string): string {
  return database.slice(0, -basename(database).length) || '.';
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function percent(share: number): number {
  return Math.min(100, Math.floor(share * 100));
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}
