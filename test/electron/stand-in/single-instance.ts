import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface SecondStart {
  readonly argv: string[];
  readonly cwd: string;
  readonly additional: object;
}

/** The lock of the first start, and the word that a second one leaves it, in the app's own folder. */
export class SingleInstance {
  readonly #lock: string;
  readonly #letters: string;
  readonly #onSecond: (start: SecondStart) => void;
  #isFirst = false;

  constructor(folder: string, onSecond: (start: SecondStart) => void) {
    this.#lock = join(folder, 'SingletonLock');
    this.#letters = join(folder, 'second-starts');
    this.#onSecond = onSecond;
  }

  take(additional: object): boolean {
    mkdirSync(this.#letters, { recursive: true });
    if (this.#isHeld()) {
      const letter = join(this.#letters, `${process.pid}`);
      writeFileSync(`${letter}.part`, JSON.stringify({ argv: process.argv, cwd: process.cwd(), additional }));
      renameSync(`${letter}.part`, `${letter}.json`);
      return false;
    }
    writeFileSync(this.#lock, String(process.pid));
    this.#isFirst = true;
    watch(this.#letters, () => this.#read()).unref();
    return true;
  }

  release(): void {
    if (this.#isFirst) rmSync(this.#lock, { force: true });
  }

  #isHeld(): boolean {
    try {
      process.kill(Number(readFileSync(this.#lock, 'utf8')), 0);
      return true;
    } catch {
      return false;
    }
  }

  #read(): void {
    for (const name of readdirSync(this.#letters).filter((file) => file.endsWith('.json'))) {
      const letter = join(this.#letters, name);
      const start = JSON.parse(readFileSync(letter, 'utf8')) as SecondStart;
      rmSync(letter);
      this.#onSecond(start);
    }
  }
}
