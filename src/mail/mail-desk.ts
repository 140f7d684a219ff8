import type { Clock } from '../clock.ts';
import type { MailServerView } from '../contract/mail-server.ts';
import type { MailSettings } from '../contract/mail-settings.ts';
import type { MailStore } from '../store/mail-store.ts';
import { handOver } from './mail-server.ts';

export type MailErrorCode = 'VALIDATION_ERROR' | 'MAIL_FAILED';

/** A test mail cannot be sent; the message has the mail server's own words. */
export class MailError extends Error {
  readonly code: MailErrorCode;
  readonly details: Readonly<Record<string, string>> | undefined;

  constructor(code: MailErrorCode, message: string, details?: Readonly<Record<string, string>>) {
    super(message);
    this.name = 'MailError';
    this.code = code;
    this.details = details;
  }
}

type DeskStore = Pick<
  MailStore,
  'setPassword' | 'password' | 'hasPassword' | 'waiting' | 'givenUp' | 'afterCommit'
>;

/** The mail server that events are forwarded by, as an administrator sees to it. */
export class MailDesk {
  readonly #clock: Clock;
  readonly #store: DeskStore;
  readonly #settings: () => MailSettings;
  readonly #passwordChanged: () => void;

  constructor(
    clock: Clock,
    store: DeskStore,
    settings: () => MailSettings,
    /** Called when a password was set and is on disk: what waits may be sent now. */
    passwordChanged: () => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#store = store;
    this.#settings = settings;
    this.#passwordChanged = passwordChanged;
  }

  view(): MailServerView {
    const store = this.#store;
    const hasPassword = store.hasPassword();
    return {
      has_password: hasPassword,
      password_readable: hasPassword && store.password() !== undefined,
      waiting: store.waiting(),
      given_up: store.givenUp(),
    };
  }

  /** Keeps the password sealed, or forgets it where it is undefined. */
  setPassword(password: string | undefined): void {
    this.#store.setPassword(password);
    this.#store.afterCommit(this.#passwordChanged);
  }

  /** Sends a mail of no importance with the settings as they are kept. Rejects with a `MailError`. */
  async test(to: string): Promise<void> {
    const settings = this.#settings();
    const host = settings.mail_server_host;
    if (host === null)
      throw new MailError('VALIDATION_ERROR', 'There is no mail server yet.', {
        mail_server_host: 'is not set: save the mail server first',
      });
    const now = this.#clock.now();
    const mail = {
      to: [to],
      subject: 'A test mail from Postern',
      text: 'This mail server takes what Postern sends. Nothing else is to be done.',
      date: new Date(now),
      messageId: `<test-${now}@postern>`,
    };
    try {
      await handOver(mail, settings, host, this.#store.password());
    } catch (error) {
      throw new MailError('MAIL_FAILED', sentence(error as Error & { readonly code?: string }, host));
    }
  }
}

function sentence({ code, message }: Error & { readonly code?: string }, host: string): string {
  const said = message.replace(/\s+/g, ' ').slice(0, 300);
  if (code === 'EAUTH') return `The mail server does not take this user and password (${said}).`;
  if (code === 'ESOCKET' || code === 'ECONNECTION' || code === 'ETIMEDOUT' || code === 'EDNS')
    return `The mail server ${host} cannot be reached, or speaks another kind of security (${said}).`;
  return `The mail server did not take the mail (${said}).`;
}
