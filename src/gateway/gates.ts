import { RequestAllowance } from '../api/request-allowance.ts';
import { explainListen } from '../api/server-error.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { MailSettings } from '../contract/mail-settings.ts';
import type { Logger } from '../log.ts';
import { MailForwarder } from '../mail/forwarder.ts';
import type { MailListener } from '../mail/listener.ts';
import { Door, type OwnNumbers } from '../messages/door.ts';
import type { MessageControl } from '../messages/message-control.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { SmppServer } from '../smpp/server.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Database } from '../store/database.ts';
import type { EventLog } from '../store/event-log.ts';
import type { KeyStore } from '../store/key-store.ts';
import { MailStore } from '../store/mail-store.ts';
import { MessageLog } from '../store/message-log.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { SmppPartStore } from '../store/smpp-part-store.ts';
import { SmppPasswordStore } from '../store/smpp-password-store.ts';
import { SmppStore } from '../store/smpp-store.ts';
import type { TlsIdentity } from '../tls/tls-identity.ts';

/** What the gates need of the gateway. */
export interface GateSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly database: Database;
  readonly events: EventLog;
  readonly keys: KeyStore;
  readonly outbox: Pick<Outbox, 'accept'>;
  readonly control: Pick<MessageControl, 'cancel'>;
  readonly audit: Pick<AuditLog, 'during'>;
  readonly numbers: OwnNumbers;
  /** Why texts cannot be taken just now; undefined when they can. */
  readonly notReady: () => string | undefined;
  readonly settings: () => MailSettings;
  readonly secrets: SecretBox;
  /** What SMPP clients are shown where they connect over TLS. */
  readonly tls: TlsIdentity | undefined;
}

/** The ports of the gates that are open. */
export interface GatePorts {
  readonly smpp?: number;
  readonly mail?: number;
}

/** The ways in and out beside HTTP, each off until it is configured; all ways in lead through one door to the outbox. */
export class Gates {
  readonly #surroundings: GateSurroundings;
  readonly #config: Config;
  readonly #forwarder: MailForwarder;
  #smpp: SmppServer | undefined;
  #mail: MailListener | undefined;

  constructor(surroundings: GateSurroundings) {
    this.#surroundings = surroundings;
    this.#config = surroundings.config;
    this.#forwarder = mailForwarder(surroundings);
  }

  /**
   * Loads what is configured, before anything happens that it must hear of. What is not configured is not loaded: the
   * libraries of the gates take more memory than all the rest.
   */
  async load(): Promise<void> {
    const { outbox, numbers, notReady } = this.#surroundings;
    const door = new Door(outbox, numbers, notReady);
    this.#smpp = await smppGate(this.#surroundings, door);
    this.#mail = await mailGate(this.#surroundings, door);
  }

  /** Throws a `ServerError` where one of them cannot listen. */
  async start(): Promise<GatePorts> {
    const { smppHost, smppPort = 0, mailHost, mailPort = 0 } = this.#config;
    this.#forwarder.start();
    const smpp = await this.#smpp?.start().catch((error) => {
      throw explainListen(error, smppHost, smppPort, 'smpp-');
    });
    const mail = await this.#mail?.start().catch((error) => {
      throw explainListen(error, mailHost, mailPort, 'mail-');
    });
    return { ...(smpp === undefined ? {} : { smpp }), ...(mail === undefined ? {} : { mail }) };
  }

  /** A person has changed the settings. */
  settingsChanged(): void {
    this.#forwarder.settingsChanged();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#smpp?.stop(), this.#mail?.stop(), this.#forwarder.stop()]);
  }
}

const minuteMs = 60_000;

async function smppGate(surroundings: GateSurroundings, door: Door): Promise<SmppServer | undefined> {
  const { config, clock, log, database, events, keys } = surroundings;
  if (config.smppPort === undefined) return undefined;
  const { SmppServer } = await import('../smpp/server.ts');
  const messages = new MessageLog(database);
  const allowance = new RequestAllowance(clock, minuteMs);
  const server = new SmppServer(
    {
      clock,
      log,
      door,
      senders: {
        isOurs: (number) => surroundings.numbers.all().includes(number),
        anySender: config.smppAnySender,
      },
      allows: ({ id, requestsPerMinute: limit = config.requestsPerMinute }) =>
        limit === undefined || !allowance.take(id, limit).isSpent,
      keys,
      passwords: new SmppPasswordStore(database),
      store: new SmppStore(database),
      parts: new SmppPartStore(database),
      find: (messageId) => messages.find(messageId),
      cancel: (messageId, { id, name }, address) =>
        surroundings.audit.during(
          { kind: 'key', id, name, address, requestId: null },
          { action: 'message.cancel', target: messageId },
          () => surroundings.control.cancel(messageId),
        ),
      tls: config.smppTls ? surroundings.tls : undefined,
    },
    config.smppHost,
    config.smppPort,
  );
  events.alongside((event) => server.keep(event));
  return server;
}

async function mailGate(surroundings: GateSurroundings, door: Door): Promise<MailListener | undefined> {
  const { config, log, keys, settings } = surroundings;
  if (config.mailPort === undefined) return undefined;
  const { MailListener } = await import('../mail/listener.ts');
  const { mailDomain: domain, mailHost, mailPort } = config;
  return new MailListener({ log, door, keys, settings, domain }, mailHost, mailPort);
}

function mailForwarder(surroundings: GateSurroundings): MailForwarder {
  const { config, clock, log, database, events, settings, secrets } = surroundings;
  const domain = config.mailPort === undefined ? undefined : config.mailDomain;
  const forwarder = new MailForwarder({
    clock,
    log,
    store: new MailStore(database, secrets),
    settings,
    domain,
  });
  events.alongside((event) => forwarder.keep(event));
  return forwarder;
}
