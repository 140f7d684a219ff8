import { AgeTrust, type Clock, type Timer } from '../clock.ts';
import type { EventEnvelope } from '../contract/event.ts';
import type { MailSettings } from '../contract/mail-settings.ts';
import type { Logger } from '../log.ts';
import type { MailStore, WaitingMail } from '../store/mail-store.ts';
import { handOver, type RefusedRecipient } from './mail-server.ts';
import { notificationOf } from './notification.ts';

export interface ForwarderDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: MailStore;
  readonly settings: () => MailSettings;
  /** The domain of the gateway's own mail listener; undefined where it does not listen. */
  readonly domain: () => string | undefined;
}

/** What the mail server or the network said. */
interface Refusal extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** After a mail server that cannot be reached, or a mail that it refuses: longer each time. */
const pausesMs = [10_000, 30_000, 120_000, 600_000, 3_600_000] as const;
const longestPauseMs = 3_600_000;
/** What no mail server took for so long, or the oldest of more than so many, is given up. */
const waitsAtMostMs = 30 * 24 * 3_600_000;
const mostWaiting = 10_000;
/** So long a person can see that some were given up. */
const givenUpKnownMs = 30 * 24 * 3_600_000;
const tidyEveryMs = 3_600_000;
/** So few at once that nothing else waits for it. */
const givenUpAtOnce = 500;
const tidyAgainMs = 1_000;

/**
 * Forwards events by e-mail: written with the event, sent one after another, tried again until the mail server has
 * taken them, or for 30 days.
 */
export class MailForwarder {
  readonly #dependencies: ForwarderDependencies;
  #timer: Timer | undefined;
  #tidyTimer: Timer | undefined;
  /** Nothing is given up for its age without it. */
  readonly #ages: AgeTrust;
  #sending: Promise<void> | undefined;
  /** How often in a row the mail server was not there. */
  #failures = 0;
  /** Who is still to have a mail that others have, or nobody, until the disk has taken that. By its id. */
  readonly #stillTo = new Map<number, readonly string[]>();
  /** Until then nothing is sent; on the monotonic clock. */
  #pausedUntil = 0;
  #stopped = true;

  constructor(dependencies: ForwarderDependencies) {
    this.#dependencies = dependencies;
    this.#ages = new AgeTrust(dependencies.clock);
  }

  start(): void {
    this.#stopped = false;
    this.#ages.started();
    this.#tidy();
    this.#wake();
  }

  /** Lets the mail in hand end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#tidyTimer?.cancel();
    await this.#sending;
  }

  /** Keeps an event that is to be forwarded, in the transaction of the event. */
  keep(event: EventEnvelope): void {
    const type = event.event_type;
    if (type !== 'sms.received' && type !== 'modem.attention') return;
    const {
      mail_forward_to: to,
      mail_server_host: host,
      mail_events: events,
    } = this.#dependencies.settings();
    if (to.length === 0 || host === null || !events.includes(type)) return;
    const { message_id: messageId } = event.data as { message_id?: string };
    const { store, clock } = this.#dependencies;
    store.keep({
      eventId: event.event_id,
      eventType: type,
      messageId,
      data: JSON.stringify(event.data),
      at: clock.now(),
    });
    store.afterCommit(() => setImmediate(() => this.#wake()));
  }

  /** Looks at once: a person has changed the settings. */
  settingsChanged(): void {
    this.#failures = 0;
    this.#pausedUntil = 0;
    this.#wake();
  }

  /** The wall clock was set by so much; as a part of the caller's transaction. What it was set ahead of is due by itself. */
  clockMoved(byMs: number): void {
    const { store } = this.#dependencies;
    if (byMs < 0) store.moveWaits(byMs);
    else this.#ages.setAhead();
    store.afterCommit(() => setImmediate(() => this.#wake()));
  }

  /** Bounds what waits, however long a mail server is away. */
  #tidy(): void {
    const { clock, log, store } = this.#dependencies;
    const now = clock.now();
    let count = 0;
    try {
      store.forgetGivenUpBefore(now - givenUpKnownMs);
      const tooOldBefore = this.#ages.isGiven ? now - waitsAtMostMs : 0;
      count = store.giveUp(tooOldBefore, mostWaiting, now, givenUpAtOnce);
    } catch (error) {
      log.warn({ err: error }, 'mails that waited too long could not be given up');
    }
    if (count > 0) log.error({ count }, 'events were not forwarded by e-mail: no mail server took them');
    const restMs = count === givenUpAtOnce ? tidyAgainMs : tidyEveryMs;
    this.#tidyTimer = clock.after(restMs, () => this.#tidy());
  }

  #wake(): void {
    if (this.#stopped || this.#sending) return;
    const { clock, log } = this.#dependencies;
    this.#timer?.cancel();
    this.#sending = this.#sendAll()
      .catch((error: unknown) => {
        log.error({ err: error }, 'mails that wait cannot be read');
        return pauseMs(0);
      })
      .then((restMs) => {
        this.#sending = undefined;
        if (!this.#stopped) this.#timer = clock.after(Math.min(restMs, longestPauseMs), () => this.#wake());
      });
  }

  /** Sends what is due; answers how long to rest then. */
  async #sendAll(): Promise<number> {
    const { clock, store } = this.#dependencies;
    while (!this.#stopped) {
      const stillPausedMs = this.#pausedUntil - clock.monotonic();
      if (stillPausedMs > 0) return stillPausedMs;
      const now = clock.now();
      const mail = store.next(now);
      if (!mail) return (store.nextDueAt(now) ?? now + longestPauseMs) - now;
      const settings = this.#dependencies.settings();
      if (settings.mail_server_host === null || settings.mail_forward_to.length === 0) return longestPauseMs;
      await this.#send(mail, settings, settings.mail_server_host);
    }
    return longestPauseMs;
  }

  async #send(mail: WaitingMail, settings: MailSettings, host: string): Promise<void> {
    const { clock, log, store } = this.#dependencies;
    try {
      const stillTo = await this.#handToRest(mail, settings, host);
      if (stillTo.length === 0) store.sent(mail.mail_id);
      else store.postpone(mail.mail_id, clock.now() + pauseMs(mail.attempts), stillTo);
      this.#stillTo.delete(mail.mail_id);
      this.#failures = 0;
    } catch (error) {
      const { message, code, responseCode } = error as Refusal;
      log.warn({ why: message, event: mail.event_id }, 'an event could not be forwarded by e-mail');
      const isOfServer = responseCode === undefined || code === 'EAUTH';
      if (isOfServer) this.#pausedUntil = clock.monotonic() + pauseMs(this.#failures++);
      else store.postpone(mail.mail_id, clock.now() + pauseMs(mail.attempts));
    }
  }

  /** Hands it over for those who do not have it; answers who still has to have it then. */
  async #handToRest(mail: WaitingMail, settings: MailSettings, host: string): Promise<readonly string[]> {
    const known = this.#stillTo.get(mail.mail_id);
    if (known) return known;
    const to = recipientsOf(mail, settings);
    const refused = to.length === 0 ? [] : await this.#hand(mail, to, settings, host);
    const { log } = this.#dependencies;
    for (const { address, why } of refused)
      log.warn({ why, address, event: mail.event_id }, 'one of several could not be told by e-mail');
    const stillTo = refused.filter(({ code }) => code < 500).map(({ address }) => address);
    this.#stillTo.set(mail.mail_id, stillTo);
    return stillTo;
  }

  async #hand(
    mail: WaitingMail,
    to: readonly string[],
    settings: MailSettings,
    host: string,
  ): Promise<RefusedRecipient[]> {
    const { store, domain } = this.#dependencies;
    const { subject, text, replyTo } = notificationOf(mail.event_type, JSON.parse(mail.data), domain());
    const outgoing = {
      to,
      subject,
      text,
      replyTo,
      date: new Date(mail.created_at),
      messageId: `<${mail.event_id}@postern>`,
    };
    return handOver(outgoing, settings, host, store.password());
  }
}

/** All; or of those who were refused before the ones who are to be told still. */
function recipientsOf(
  { still_to: stillTo }: WaitingMail,
  { mail_forward_to: all }: MailSettings,
): readonly string[] {
  if (stillTo === null) return all;
  const left = JSON.parse(stillTo.toLowerCase()) as string[];
  return all.filter((address) => left.includes(address.toLowerCase()));
}

function pauseMs(failures: number): number {
  return pausesMs[Math.min(failures, pausesMs.length - 1)] ?? longestPauseMs;
}
