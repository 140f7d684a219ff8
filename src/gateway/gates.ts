import { RequestAllowance } from '../api/request-allowance.ts';
import { explainListen } from '../api/server-error.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { Door, type OwnNumbers } from '../messages/door.ts';
import type { Outbox } from '../messages/outbox.ts';
import { SmppServer } from '../smpp/server.ts';
import type { Database } from '../store/database.ts';
import type { EventLog } from '../store/event-log.ts';
import type { KeyStore } from '../store/key-store.ts';
import { MessageLog } from '../store/message-log.ts';
import { SmppPartStore } from '../store/smpp-part-store.ts';
import { SmppPasswordStore } from '../store/smpp-password-store.ts';
import { SmppStore } from '../store/smpp-store.ts';

/** What the gates need of the gateway. */
export interface GateSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly database: Database;
  readonly events: EventLog;
  readonly keys: KeyStore;
  readonly outbox: Pick<Outbox, 'accept'>;
  readonly numbers: OwnNumbers;
}

/** The ports of the gates that are open. */
export interface GatePorts {
  readonly smpp?: number;
}

/** The ways in beside HTTP, each off until it is configured; all lead through one door to the outbox. */
export class Gates {
  readonly #config: Config;
  readonly #smpp: SmppServer | undefined;

  constructor(surroundings: GateSurroundings) {
    this.#config = surroundings.config;
    const door = new Door(surroundings.outbox, surroundings.numbers);
    this.#smpp = smppGate(surroundings, door);
  }

  /** Throws a `ServerError` where one of them cannot listen. */
  async start(): Promise<GatePorts> {
    const { smppHost, smppPort = 0 } = this.#config;
    const smpp = await this.#smpp?.start().catch((error: NodeJS.ErrnoException) => {
      throw explainListen(error, smppHost, smppPort, 'smpp-');
    });
    return smpp === undefined ? {} : { smpp };
  }

  async stop(): Promise<void> {
    await this.#smpp?.stop();
  }
}

const minuteMs = 60_000;

function smppGate(surroundings: GateSurroundings, door: Door): SmppServer | undefined {
  const { config, clock, log, database, events, keys } = surroundings;
  if (config.smppPort === undefined) return undefined;
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
    },
    config.smppHost,
    config.smppPort,
  );
  events.alongside((event) => server.keep(event));
  return server;
}
