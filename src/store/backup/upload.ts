import { createWriteStream, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inWords } from '../database.ts';
import { StoreError } from '../store-error.ts';
import type { BackupFolder } from './folder.ts';

/** Some octets of a file that comes in one part or several, in their order. */
export interface UploadPart {
  /** Where in the file the part begins. */
  readonly offset: number;
  /** How long the part is, and the whole file. */
  readonly octets: number;
  readonly size: number;
}

/** A part is not taken; `details` says which field is wrong and how. */
export class UploadError extends Error {
  readonly code = 'VALIDATION_ERROR';
  readonly details: Readonly<Record<string, string>>;

  constructor(field: string, fault: string) {
    super(`The field ${field} is wrong.`);
    this.name = 'UploadError';
    this.details = { [field]: fault };
  }
}

const ending = '.upload';

/** A backup from elsewhere on its way into the folder: one at a time, straight to the disk. */
export class BackupUpload {
  readonly #folder: BackupFolder;
  #name = '';
  #size = 0;
  #received = 0;
  #isReceiving = false;

  constructor(folder: BackupFolder) {
    this.#folder = folder;
  }

  /** Where it lies until it has been checked. */
  pathOf(name: string): string {
    return this.#folder.pathOf(name) + ending;
  }

  /** Throws an `UploadError` where this part cannot be the next of a file of this name. */
  refuseUnfit(name: string, { offset, octets, size }: UploadPart): void {
    if (!this.#folder.isName(name))
      throw new UploadError(
        'name',
        'must be a name of letters, digits, dots, hyphens and underscores that ends in .db',
      );
    if (this.#folder.find(name)) throw new UploadError('name', 'is taken by a backup that is here already');
    if (octets === 0 || offset + octets > size)
      throw new UploadError('size', 'must be the size of the whole file, which is not empty');
    if (this.#isReceiving) throw new UploadError('offset', 'must wait until the part before is here');
    const isNext = offset === 0 || (name === this.#name && size === this.#size && offset === this.#received);
    if (!isNext)
      throw new UploadError(
        'offset',
        `must be ${name === this.#name ? this.#received : 0}: parts follow one another`,
      );
  }

  /**
   * Writes a part to the disk; the first one ends whatever was under way before. Answers whether all of the file is here.
   *
   * @throws UploadError as `refuseUnfit`
   * @throws StoreError where the disk does not take it
   */
  async take(name: string, part: UploadPart, body: AsyncIterable<Buffer>): Promise<boolean> {
    this.refuseUnfit(name, part);
    if (part.offset === 0) this.#beginAnew(name, part.size);
    this.#isReceiving = true;
    try {
      const flags = part.offset === 0 ? 'w' : 'r+';
      const file = createWriteStream(this.pathOf(name), {
        flags,
        start: part.offset,
        mode: 0o600,
        flush: true,
      });
      await pipeline(body, (chunks: AsyncIterable<Buffer>) => exactly(part.octets, chunks), file);
    } catch (error) {
      throw inWords(error, this.#folder.folder);
    } finally {
      this.#isReceiving = false;
    }
    this.#received = part.offset + part.octets;
    return this.#received === part.size;
  }

  /** Why a file that came whole is no backup: it is known by its name, and where it lay meanwhile is gone. */
  inWords(error: unknown, name: string): unknown {
    if (!(error instanceof StoreError)) return error;
    const sentence =
      error.code === 'corrupt'
        ? `${name} is damaged or not a Postern database. It was not kept.`
        : error.message.replaceAll(this.pathOf(name), name);
    return new StoreError(error.code, sentence, { cause: error });
  }

  /** Lets go of what has come, whole or not. */
  forget(): void {
    this.#name = '';
    for (const file of readdirSync(this.#folder.folder))
      if (file.includes(`.db${ending}`)) rmSync(join(this.#folder.folder, file), { force: true });
  }

  #beginAnew(name: string, size: number): void {
    this.#folder.make();
    this.forget();
    this.#name = name;
    this.#size = size;
    this.#received = 0;
  }
}

async function* exactly(octets: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > octets) break;
    yield chunk;
  }
  if (length !== octets)
    throw new UploadError('size', `must be what comes: this part is not ${octets} octets long`);
}
