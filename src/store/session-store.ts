import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import { randomText, sameHash, secretHash } from './random-text.ts';

/** A person's browser that came in by a link. `expiresAt` in milliseconds since 1970. */
export interface Session {
  readonly id: string;
  readonly expiresAt: number;
}

interface SessionRow {
  readonly session_id: string;
  readonly hash: Uint8Array;
  readonly expires_at: number;
}

const tokenLength = 43; // 256 bits
const linkLifetimeMs = 15 * 60_000;
const mostOpenLinks = 100;
const sessionLifetimeMs = 30 * 24 * 3_600_000;
const mostSessions = 1_000;
const wellFormedToken = /^[0-9A-Za-z]{43}$/;

/**
 * Sessions of the user interface. A link token lives in memory only, for a quarter of an hour and for one use; the
 * session it opens is kept as a hash, so that a restart of the gateway does not log anybody out.
 */
export class SessionStore {
  readonly #database: Database;
  readonly #clock: Clock;
  /** Token -> when it expires, on the clock that cannot jump; oldest first. */
  readonly #links = new Map<string, number>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** A token that opens one session. Of too many unused ones the oldest stops working. */
  issueLink(): string {
    this.#dropOldLinks();
    const token = randomText(tokenLength);
    this.#links.set(token, this.#clock.monotonic() + linkLifetimeMs);
    return token;
  }

  /** Opens a session with a link's token and answers the value of its cookie; undefined when it is used up. */
  redeem(token: string): { readonly cookie: string; readonly session: Session } | undefined {
    const expiresAt = this.#links.get(token);
    this.#links.delete(token);
    if (expiresAt === undefined || this.#clock.monotonic() >= expiresAt) return undefined;
    const cookie = randomText(tokenLength);
    return { cookie, session: this.#open(cookie) };
  }

  /** Whose cookie this is; undefined when it is malformed, unknown, ended or expired. */
  authenticate(cookie: string): Session | undefined {
    if (!wellFormedToken.test(cookie)) return undefined;
    const hash = secretHash(cookie);
    const row = this.#database
      .prepare<[Uint8Array, number], SessionRow>(
        'SELECT session_id, hash, expires_at FROM sessions WHERE hash = ? AND expires_at > ?',
      )
      .get(hash, this.#clock.now());
    if (!row || !sameHash(row.hash, hash)) return undefined;
    return { id: row.session_id, expiresAt: row.expires_at };
  }

  /** Whether the session with this id is still open. */
  isActive(id: string): boolean {
    return (
      this.#database
        .prepare('SELECT 1 FROM sessions WHERE session_id = ? AND expires_at > ?')
        .get(id, this.#clock.now()) !== undefined
    );
  }

  end(id: string): void {
    this.#database.prepare('DELETE FROM sessions WHERE session_id = ?').run(id);
  }

  #open(cookie: string): Session {
    const now = this.#clock.now();
    const session = { id: randomText(12), expiresAt: now + sessionLifetimeMs };
    this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM sessions WHERE expires_at <= ?').run(now);
      this.#database
        .prepare('INSERT INTO sessions (session_id, hash, created_at, expires_at) VALUES (?, ?, ?, ?)')
        .run(session.id, secretHash(cookie), now, session.expiresAt);
      this.#database
        .prepare(
          'DELETE FROM sessions WHERE rowid NOT IN (SELECT rowid FROM sessions ORDER BY rowid DESC LIMIT ?)',
        )
        .run(mostSessions);
    });
    return session;
  }

  #dropOldLinks(): void {
    const now = this.#clock.monotonic();
    for (const [token, expiresAt] of this.#links) {
      if (expiresAt <= now || this.#links.size >= mostOpenLinks) this.#links.delete(token);
    }
  }
}
