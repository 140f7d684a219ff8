import type { Clock } from '../clock.ts';
import { linkLifetimeMinutes, type Role } from '../contract/session.ts';
import type { Database } from './database.ts';
import { randomText, sameHash, secretHash } from './random-text.ts';

/** A person's browser that came in by a link or a password. `expiresAt` in milliseconds since 1970. */
export interface Session {
  readonly id: string;
  readonly role: Role;
  readonly expiresAt: number;
}

interface SessionRow {
  readonly session_id: string;
  readonly hash: Uint8Array;
  readonly role: Role;
  readonly expires_at: number;
}

/** A session that was just opened, with the value of its cookie. */
export interface OpenedSession {
  readonly cookie: string;
  readonly session: Session;
}

interface Link {
  readonly role: Role;
  /** On the clock that cannot jump. */
  readonly expiresAt: number;
}

const tokenLength = 43; // 256 bits
const linkLifetimeMs = linkLifetimeMinutes * 60_000;
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
  /** By token, oldest first. */
  readonly #links = new Map<string, Link>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** A token that opens one session. Of too many unused ones the oldest stops working. */
  issueLink(role: Role = 'administrator'): string {
    this.#dropOldLinks();
    const token = randomText(tokenLength);
    this.#links.set(token, { role, expiresAt: this.#clock.monotonic() + linkLifetimeMs });
    return token;
  }

  /** Opens a session with a link's token; undefined when it is used up. */
  redeem(token: string): OpenedSession | undefined {
    const link = this.#links.get(token);
    this.#links.delete(token);
    if (!link || this.#clock.monotonic() >= link.expiresAt) return undefined;
    return this.open(link.role);
  }

  /** Opens a session for somebody who has proven who it is. Of too many the oldest ends. */
  open(role: Role): OpenedSession {
    const now = this.#clock.now();
    const cookie = randomText(tokenLength);
    const session = { id: randomText(12), role, expiresAt: now + sessionLifetimeMs };
    this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM sessions WHERE expires_at <= ?').run(now);
      this.#database
        .prepare(
          'INSERT INTO sessions (session_id, hash, role, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
        )
        .run(session.id, secretHash(cookie), role, now, session.expiresAt);
      this.#database
        .prepare(
          'DELETE FROM sessions WHERE rowid NOT IN (SELECT rowid FROM sessions ORDER BY rowid DESC LIMIT ?)',
        )
        .run(mostSessions);
    });
    return { cookie, session };
  }

  /** Whose cookie this is; undefined when it is malformed, unknown, ended or expired. */
  authenticate(cookie: string): Session | undefined {
    if (!wellFormedToken.test(cookie)) return undefined;
    const hash = secretHash(cookie);
    const row = this.#database
      .prepare<[Uint8Array, number], SessionRow>(
        'SELECT session_id, hash, role, expires_at FROM sessions WHERE hash = ? AND expires_at > ?',
      )
      .get(hash, this.#clock.now());
    if (!row || !sameHash(row.hash, hash)) return undefined;
    return { id: row.session_id, role: row.role, expiresAt: row.expires_at };
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

  /** Ends all sessions of a role but the one with the id `except`: its password has changed. */
  endAll(role: Role, except?: string): void {
    this.#database
      .prepare('DELETE FROM sessions WHERE role = ? AND session_id IS NOT ?')
      .run(role, except ?? null);
  }

  #dropOldLinks(): void {
    const now = this.#clock.monotonic();
    for (const [token, { expiresAt }] of this.#links) {
      if (expiresAt <= now || this.#links.size >= mostOpenLinks) this.#links.delete(token);
    }
  }
}
