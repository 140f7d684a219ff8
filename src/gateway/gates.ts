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
import type { KeyHolder, KeyStore } from '../store/key-store.ts';
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
  readonly outbox: Pick<Outbox, 'accept' | 'refuseUntilReady'>;
  readonly control: Pick<MessageControl, 'cancel'>;
  readonly audit: Pick<AuditLog, 'during'>;
  readonly numbers: OwnNumbers;
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

/** Where the gates listen. */
export type GateConfig = Pick<
  Config,
  'smppPort' | 'smppHost' | 'smppAnySender' | 'mailPort' | 'mailHost' | 'mailDomain'
>;

/**
 * The ways in and out beside HTTP, each off until it is configured; all ways in lead through one door to the outbox. They
 * can be moved, opened and closed while the gateway serves.
 */
export class Gates {
  readonly #surroundings: GateSurroundings;
  readonly #forwarder: MailForwarder;
  readonly #door: Door;
  #config: GateConfig;
  #smpp: SmppServer | undefined;
  #mail: MailListener | undefined;
  #moving: Promise<void> = Promise.resolve();

  constructor(surroundings: GateSurroundings) {
    this.#surroundings = surroundings;
    this.#config = gateConfig(surroundings.config);
    const { outbox, numbers } = surroundings;
    this.#door = new Door(outbox, numbers);
    this.#forwarder = mailForwarder(surroundings, () => this.#config);
  }

  /** What holds now. */
  get config(): GateConfig {
    return this.#config;
  }

  /**
   * Loads what is configured, before anything happens that it must hear of. What is not configured is not loaded: the
   * libraries of the gates take more memory than all the rest.
   */
  async load(): Promise<void> {
    this.#surroundings.events.alongside((event) => this.#smpp?.keep(event));
    this.#smpp = await smppGate(this.#surroundings, this.#door, this.#config);
    this.#mail = await mailGate(this.#surroundings, this.#door, this.#config);
  }

  /** Throws a `ServerError` where one of them cannot listen. */
  async start(): Promise<GatePorts> {
    this.#forwarder.start();
    const smpp = await this.#orClosed('smppPort', this.#startSmpp());
    const mail = await this.#orClosed('mailPort', this.#startMail());
    return { ...(smpp === undefined ? {} : { smpp }), ...(mail === undefined ? {} : { mail }) };
  }

  /**
   * Closes the gates that are to be elsewhere, or otherwise, and opens them there. Rejects with a `ServerError` where that
   * cannot be; they are then as they were.
   */
  apply(config: GateConfig): Promise<void> {
    const former = this.#config;
    this.#moving = this.#moving
      .catch(() => undefined)
      .then(() => this.#move(gateConfig(config)))
      .catch(async (error: unknown) => {
        await this.#move(former);
        throw error;
      });
    return this.#moving;
  }

  /** A person has changed the settings. */
  settingsChanged(): void {
    this.#forwarder.settingsChanged();
  }

  /** The wall clock was set by so much; as a part of the caller's transaction. */
  clockMoved(byMs: number): void {
    this.#forwarder.clockMoved(byMs);
    this.#smpp?.clockMoved(byMs);
  }

  async stop(): Promise<void> {
    await this.#moving.catch(() => undefined);
    await Promise.all([this.#smpp?.stop(), this.#mail?.stop(), this.#forwarder.stop()]);
  }

  async #move(config: GateConfig): Promise<void> {
    const differs = (names: readonly (keyof GateConfig)[]) =>
      names.some((name) => config[name] !== this.#config[name]);
    const [smppMoves, mailMoves] = [
      differs(['smppPort', 'smppHost', 'smppAnySender']),
      differs(['mailPort', 'mailHost', 'mailDomain']),
    ];
    this.#config = config;
    if (smppMoves) {
      const next = await smppGate(this.#surroundings, this.#door, config);
      await this.#smpp?.stop();
      this.#smpp = next; // until here the former one kept what its clients are to hear of
      await this.#startSmpp();
    }
    if (mailMoves) {
      const former = this.#mail;
      this.#mail = undefined;
      await former?.stop();
      this.#mail = await mailGate(this.#surroundings, this.#door, config);
      await this.#startMail();
    }
  }

  /** A port that an administrator has set and another program has taken keeps only this gate closed. */
  async #orClosed(port: 'smppPort' | 'mailPort', started: Promise<number> | undefined) {
    const { config, log } = this.#surroundings;
    if (config.sources[port] !== 'stored') return started;
    return started?.catch((error: unknown) => {
      log.error({ err: error }, 'clients cannot connect where the settings say');
      return undefined;
    });
  }

  #startSmpp(): Promise<number> | undefined {
    const { smppHost, smppPort = 0 } = this.#config;
    return this.#smpp?.start().catch((error) => {
      throw explainListen(error, smppHost, smppPort, 'smpp-');
    });
  }

  #startMail(): Promise<number> | undefined {
    const { mailHost, mailPort = 0 } = this.#config;
    return this.#mail?.start().catch((error) => {
      throw explainListen(error, mailHost, mailPort, 'mail-');
    });
  }
}

function gateConfig(config: GateConfig): GateConfig {
  const { smppPort, smppHost, smppAnySender, mailPort, mailHost, mailDomain } = config;
  return { smppPort, smppHost, smppAnySender, mailPort, mailHost, mailDomain };
}

const minuteMs = 60_000;

async function smppGate(
  surroundings: GateSurroundings,
  door: Door,
  config: GateConfig,
): Promise<SmppServer | undefined> {
  const { clock, log, database, keys } = surroundings;
  if (config.smppPort === undefined) return undefined;
  const { SmppServer } = await import('../smpp/server.ts');
  const messages = new MessageLog(database);
  return new SmppServer(
    {
      clock,
      log,
      door,
      senders: {
        isOurs: (number) => surroundings.numbers.all().includes(number),
        anySender: config.smppAnySender,
      },
      allows: allowedByKey(surroundings),
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
      tls: surroundings.config.smppTls ? surroundings.tls : undefined,
    },
    config.smppHost,
    config.smppPort,
  );
}

/** What a key brings by one gate in a minute: as much as it may do requests over HTTP. */
function allowedByKey({ clock, config }: GateSurroundings): (holder: KeyHolder) => boolean {
  const allowance = new RequestAllowance(clock, minuteMs);
  return ({ id, requestsPerMinute: limit = config.requestsPerMinute }) =>
    limit === undefined || !allowance.take(id, limit).isSpent;
}

async function mailGate(
  surroundings: GateSurroundings,
  door: Door,
  config: GateConfig,
): Promise<MailListener | undefined> {
  const { clock, log, keys, settings } = surroundings;
  if (config.mailPort === undefined) return undefined;
  const { MailListener } = await import('../mail/listener.ts');
  const { mailDomain: domain, mailHost, mailPort } = config;
  const allows = allowedByKey(surroundings);
  return new MailListener({ clock, log, door, keys, allows, settings, domain }, mailHost, mailPort);
}

function mailForwarder(surroundings: GateSurroundings, config: () => GateConfig): MailForwarder {
  const { clock, log, database, events, settings, secrets } = surroundings;
  const forwarder = new MailForwarder({
    clock,
    log,
    store: new MailStore(database, secrets),
    settings,
    domain: () => (config().mailPort === undefined ? undefined : config().mailDomain),
  });
  events.alongside((event) => forwarder.keep(event));
  return forwarder;
}
