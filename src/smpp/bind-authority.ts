import type { Clock } from '../clock.ts';
import { covers, type Scope } from '../contract/key.ts';
import type { KeyHolder, KeyStore } from '../store/key-store.ts';
import type { SmppPasswordStore } from '../store/smpp-password-store.ts';

export type BindMode = 'bind_transmitter' | 'bind_receiver' | 'bind_transceiver';

const needed: Readonly<Record<BindMode, readonly Scope[]>> = {
  bind_transmitter: ['sms:send'],
  bind_receiver: ['sms:read'],
  bind_transceiver: ['sms:send', 'sms:read'],
};

/** After so many wrong passwords from one address within the time, none is looked at any more. */
const mostFailures = 10;
const failuresCountForMs = 60_000;
const mostAddresses = 1_000;

/** What became of a bind; `why` is for the log. */
export type BindOutcome =
  | { readonly holder: KeyHolder }
  | { readonly refused: 'credentials' | 'scope'; readonly why: string };

/** Decides who may bind: system_id is the id or name of an API key, the password that key or its SMPP password. */
export class BindAuthority {
  readonly #keys: Pick<KeyStore, 'authenticate' | 'named' | 'isActive'>;
  readonly #passwords: Pick<SmppPasswordStore, 'fits'>;
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; readonly since: number }>();

  constructor(
    keys: Pick<KeyStore, 'authenticate' | 'named' | 'isActive'>,
    passwords: Pick<SmppPasswordStore, 'fits'>,
    clock: Clock,
  ) {
    this.#keys = keys;
    this.#passwords = passwords;
    this.#clock = clock;
  }

  async bind(mode: BindMode, systemId: string, password: string, remote: string): Promise<BindOutcome> {
    if (this.#isShutOut(remote)) {
      return {
        refused: 'credentials',
        why: 'too many wrong passwords came from this address within a minute',
      };
    }
    const holder = await this.#holder(systemId, password, remote);
    if (!holder) {
      this.#failed(remote);
      return { refused: 'credentials', why: 'no API key has this system_id (its id or name) and password' };
    }
    const lacking = needed[mode].find((scope) => !covers(holder.scopes, scope));
    if (lacking) return { refused: 'scope', why: `the API key lacks the scope "${lacking}"` };
    return { holder };
  }

  /** Whether a bound client may go on: keys can be revoked meanwhile. */
  isActive({ id }: KeyHolder): boolean {
    return this.#keys.isActive(id);
  }

  async #holder(systemId: string, password: string, remote: string): Promise<KeyHolder | undefined> {
    const whole = this.#keys.authenticate(password, remote);
    if (whole) return systemId === whole.id || systemId === whole.name ? whole : undefined;
    for (const candidate of this.#keys.named(systemId, remote)) {
      if (await this.#passwords.fits(candidate.id, password)) return candidate;
    }
    return undefined;
  }

  #isShutOut(remote: string): boolean {
    const known = this.#failures.get(remote);
    if (!known) return false;
    if (this.#clock.monotonic() - known.since < failuresCountForMs) return known.count >= mostFailures;
    this.#failures.delete(remote);
    return false;
  }

  #failed(remote: string): void {
    const known = this.#failures.get(remote);
    if (known) known.count++;
    else if (this.#failures.size < mostAddresses) {
      this.#failures.set(remote, { count: 1, since: this.#clock.monotonic() });
    } else this.#failures.clear();
  }
}
