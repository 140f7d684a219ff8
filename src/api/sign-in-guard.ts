import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';
import { RequestAllowance } from './request-allowance.ts';

const windowMs = 5 * 60_000;
const perAddress = 5;
/** From all addresses together: each guess costs some hundred milliseconds and 64 MiB. */
const inAll = 50;
const everybody = 'all';

/** Lets passwords be guessed only a few times: five wrong ones from one address within five minutes, fifty in all. */
export class SignInGuard {
  readonly #addresses: RequestAllowance;
  readonly #total: RequestAllowance;

  constructor(clock: Clock) {
    this.#addresses = new RequestAllowance(clock, windowMs);
    this.#total = new RequestAllowance(clock, windowMs);
  }

  /** Counts a guess before it is looked at. Throws 429 when there were too many. */
  attempt(address: string): void {
    const here = this.#addresses.take(address, perAddress);
    const spent = here.isSpent ? here : this.#total.take(everybody, inAll);
    if (!spent.isSpent) return;
    throw new ApiError('RATE_LIMIT_EXCEEDED', 'Too many wrong passwords. Wait, or use a one-time link.', {
      headers: { 'Retry-After': String(spent.resetSeconds) },
    });
  }

  /** Somebody at this address knows the password. */
  succeeded(address: string): void {
    this.#addresses.forgive(address);
  }
}
