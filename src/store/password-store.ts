import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../clock.ts';
import { formatTimestamp } from '../contract/message.ts';
import { type PasswordView, type Role, roles } from '../contract/session.ts';
import type { Database } from './database.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** What a guess costs: RFC 7914, 2. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** As OWASP recommends it: 64 MiB and some hundred milliseconds for each guess. */
const usualCost: ScryptCost = { N: 65_536, r: 8, p: 2 };
const mostMemory = 160 * 1024 * 1024;
const saltOctets = 16;
const hashOctets = 32;

/** The passwords of the pages, one a role. Only their scrypt hashes are kept. */
export class PasswordStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #cost: ScryptCost;
  /** One hash at a time: each takes 64 MiB. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(database: Database, clock: Clock, cost: ScryptCost = usualCost) {
    this.#database = database;
    this.#clock = clock;
    this.#cost = cost;
  }

  /** Each role and whether it can sign in by password. */
  list(): PasswordView[] {
    return roles.map((role) => {
      const changedAt = this.#row(role)?.changed_at;
      return {
        role,
        is_set: changedAt !== undefined,
        changed_at: changedAt === undefined ? null : formatTimestamp(changedAt),
      };
    });
  }

  /** Whether this is the role's password. Takes as long where none is set. */
  async verify(role: Role, password: string): Promise<boolean> {
    const kept = this.#row(role)?.hash;
    const [N, r, p, salt = '', expected = ''] = kept?.split('$') ?? [];
    const cost = kept === undefined ? this.#cost : { N: Number(N), r: Number(r), p: Number(p) };
    const found = await this.#inTurn(() => derived(password, Buffer.from(salt, 'base64url'), cost));
    return kept !== undefined && timingSafeEqual(Buffer.from(expected, 'base64url'), found);
  }

  /** What is kept of a password. Slow by intent, so it is made before the transaction that keeps it. */
  hashOf(password: string): Promise<string> {
    return this.#inTurn(() => hashPassword(password, this.#cost));
  }

  /** Sets a role's password to what `hashOf` made of it. */
  keep(role: Role, hash: string): void {
    this.#database
      .prepare(
        `INSERT INTO passwords (role, hash, changed_at) VALUES (?, ?, ?)
         ON CONFLICT (role) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`,
      )
      .run(role, hash, this.#clock.now());
  }

  /** From now on the role signs in by link alone. False when it had no password. */
  remove(role: Role): boolean {
    return this.#database.prepare('DELETE FROM passwords WHERE role = ?').run(role).changes > 0;
  }

  #row(role: Role): { readonly hash: string; readonly changed_at: number } | undefined {
    return this.#database
      .prepare<[string], { hash: string; changed_at: number }>(
        'SELECT hash, changed_at FROM passwords WHERE role = ?',
      )
      .get(role);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }
}

/** Cost, salt and scrypt hash of a password, as the store keeps them. */
export async function hashPassword(password: string, cost: ScryptCost = usualCost): Promise<string> {
  const salt = randomBytes(saltOctets);
  const hash = await derived(password, salt, cost);
  return [cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** The same characters are the same password, however a keyboard composes them. */
function derived(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  return derive(password.normalize('NFKC'), salt, hashOctets, { ...cost, maxmem: mostMemory });
}
