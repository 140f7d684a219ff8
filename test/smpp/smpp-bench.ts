import { onTestFinished } from 'vitest';
import { RequestAllowance } from '../../src/api/request-allowance.ts';
import type { Scope } from '../../src/contract/key.ts';
import type { EmulatedNetwork } from '../../src/emulator/index.ts';
import { silentLog } from '../../src/log.ts';
import { Door } from '../../src/messages/door.ts';
import { SmppServer } from '../../src/smpp/server.ts';
import { KeyStore } from '../../src/store/key-store.ts';
import { SmppPartStore } from '../../src/store/smpp-part-store.ts';
import { SmppPasswordStore } from '../../src/store/smpp-password-store.ts';
import { SmppStore } from '../../src/store/smpp-store.ts';
import type { TlsIdentity } from '../../src/tls/tls-identity.ts';
import type { ManualClock } from '../manual-clock.ts';
import { GatewayBench, ours } from '../messages/gateway-bench.ts';
import { SmppClient } from './smpp-client.ts';

/** Turns of the event loop in which sockets have their say before the clock is turned further. */
const turnsAStep = 60;
const longestStepMs = 1_000;

interface SmppBenchOptions {
  readonly anySender?: boolean;
  readonly tls?: TlsIdentity;
}

/** A gateway with an emulated modem and an open SMPP gate: real sockets, a real database, a clock turned by hand. */
export class SmppBench {
  readonly gateway: GatewayBench;
  readonly keyId: string;
  readonly key: string;
  keys!: KeyStore;
  store!: SmppStore;
  server!: SmppServer;
  port = 0;
  readonly #options: SmppBenchOptions;

  private constructor(gateway: GatewayBench, options: SmppBenchOptions) {
    this.gateway = gateway;
    this.#options = options;
    this.#build();
    const { id, key } = this.keys.create({ name: 'office', scopes: ['sms:send', 'sms:read'] });
    this.keyId = id;
    this.key = key;
  }

  static async open(options: SmppBenchOptions = {}): Promise<SmppBench> {
    const { bench: gateway } = await GatewayBench.ready();
    const bench = new SmppBench(gateway, options);
    onTestFinished(() => bench.#stop());
    bench.port = await bench.server.start();
    return bench;
  }

  get clock(): ManualClock {
    return this.gateway.clock;
  }

  get network(): EmulatedNetwork {
    return this.gateway.table.network;
  }

  #build(): void {
    const { gateway } = this;
    const { database } = gateway.table;
    this.keys = new KeyStore(database, this.clock, silentLog);
    this.store = new SmppStore(database);
    const numbers = { all: () => [ours], canSendNow: (number: string) => gateway.router.canSendNow(number) };
    const allowance = new RequestAllowance(this.clock, 60_000);
    const server = new SmppServer(
      {
        clock: this.clock,
        log: silentLog,
        door: new Door(gateway.outbox, numbers),
        senders: { isOurs: (number) => number === ours, anySender: this.#options.anySender ?? false },
        allows: ({ id, requestsPerMinute: limit }) =>
          limit === undefined || !allowance.take(id, limit).isSpent,
        keys: this.keys,
        passwords: new SmppPasswordStore(database),
        store: this.store,
        parts: new SmppPartStore(database),
        find: (id) => gateway.find(id),
        cancel: (id) => gateway.control.cancel(id),
        tls: this.#options.tls,
      },
      '127.0.0.1',
      0,
    );
    gateway.events.alongside((event) => server.keep(event));
    this.server = server;
  }

  async #stop(): Promise<void> {
    const stopped = this.server.stop();
    await this.clock.advance(10_000);
    await stopped;
  }

  /** The power is cut and comes back; clients must connect anew. */
  async crash(): Promise<void> {
    await this.#stop();
    await this.gateway.crash();
    this.#build();
    this.port = await this.server.start();
  }

  newKey(scopes: Scope[], requestsPerMinute?: number): { id: string; key: string } {
    const limit = requestsPerMinute === undefined ? {} : { requests_per_minute: requestsPerMinute };
    return this.keys.create({ name: 'other', scopes, ...limit });
  }

  connect(): SmppClient {
    return new SmppClient(this.port);
  }

  /** A client that is bound with the usual key and answers what is delivered so; NaN leaves it unanswered. */
  async bound(mode = 'transceiver', answerWith = 0): Promise<SmppClient> {
    const client = this.connect();
    client.answerWith = answerWith;
    await client.bind(mode, this.keyId, this.key);
    return client;
  }

  /** Lets what is on the way over sockets arrive, and turns the clock where that is not enough. */
  async until(what: string, condition: () => boolean, limitMs = 600_000): Promise<void> {
    for (let passedMs = 0; ; ) {
      for (let turns = 0; turns < turnsAStep && !condition(); turns++) await nextTurn();
      if (condition()) return;
      if (passedMs >= limitMs) throw new Error(`${what}: not within ${limitMs} ms of the clock`);
      passedMs += await this.clock.step(Math.min(limitMs - passedMs, longestStepMs));
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
