import { randomBytes } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { onTestFinished } from 'vitest';
import { RequestAllowance } from '../../src/api/request-allowance.ts';
import { defaultGatewaySettings, type GatewaySettings } from '../../src/contract/settings.ts';
import { silentLog } from '../../src/log.ts';
import { MailForwarder } from '../../src/mail/forwarder.ts';
import { MailListener } from '../../src/mail/listener.ts';
import { Door } from '../../src/messages/door.ts';
import { type KeyHolder, KeyStore } from '../../src/store/key-store.ts';
import { MailStore } from '../../src/store/mail-store.ts';
import { SecretBox } from '../../src/store/secret-box.ts';
import { GatewayBench, ours } from '../messages/gateway-bench.ts';

export const domain = 'sms.local';
export const boss = 'boss@example.com';

/** What a mail client hands over. */
export interface Mail {
  readonly from?: string;
  readonly to?: string | string[];
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly messageId?: string;
  readonly headers?: Record<string, string>;
  /** The mail as it stands on the wire, and whom it is handed over for. */
  readonly raw?: string;
  readonly envelope?: { readonly from: string; readonly to: string[] };
  readonly auth?: { readonly user: string; readonly pass: string };
}

/** A gateway with an emulated modem that takes mail and forwards by it. */
export class MailBench {
  readonly gateway: GatewayBench;
  readonly keys: KeyStore;
  readonly store: MailStore;
  settings: GatewaySettings = { ...defaultGatewaySettings, mail_senders: ['@example.com'] };
  forwarder!: MailForwarder;
  port = 0;

  private constructor(gateway: GatewayBench) {
    const { database } = gateway.table;
    this.gateway = gateway;
    this.keys = new KeyStore(database, gateway.clock, silentLog);
    this.store = new MailStore(database, new SecretBox(randomBytes(32)));
  }

  static async open(host = '127.0.0.1'): Promise<MailBench> {
    const { bench: gateway } = await GatewayBench.ready();
    const bench = new MailBench(gateway);
    await bench.#listen(host);
    bench.#forward();
    return bench;
  }

  async #listen(host: string): Promise<void> {
    const { gateway, keys } = this;
    const numbers = { all: () => [ours], canSendNow: (number: string) => gateway.router.canSendNow(number) };
    const door = new Door(gateway.outbox, numbers);
    const settings = () => this.settings;
    const allowance = new RequestAllowance(gateway.clock, 60_000);
    const allows = ({ id, requestsPerMinute: limit }: KeyHolder) =>
      limit === undefined || !allowance.take(id, limit).isSpent;
    const listener = new MailListener(
      { clock: gateway.clock, log: silentLog, door, keys, allows, settings, domain },
      host,
      0,
    );
    this.port = await listener.start();
    onTestFinished(() => listener.stop());
  }

  #forward(): void {
    const { gateway, store } = this;
    const settings = () => this.settings;
    const forwarder = new MailForwarder({
      clock: gateway.clock,
      log: silentLog,
      store,
      settings,
      domain: () => domain,
    });
    gateway.events.alongside((event) => forwarder.keep(event));
    forwarder.start();
    this.forwarder = forwarder;
    onTestFinished(() => forwarder.stop());
  }

  /** Hands a mail over as a mail client does; rejects with the reply where it is refused. */
  async mail(mail: Mail): Promise<void> {
    const { auth, ...message } = mail;
    const transport = createTransport({
      host: '127.0.0.1',
      port: this.port,
      ignoreTLS: true,
      ...(auth ? { auth } : {}),
    });
    await transport.sendMail({ from: boss, to: `+15557654321@${domain}`, ...message });
  }

  /** The reply to a mail that is refused. */
  async refusal(mail: Mail): Promise<string> {
    return this.mail(mail).then(
      () => 'taken',
      (error: Error & { response?: string }) => error.response ?? error.message,
    );
  }

  /** The texts that wait or left, oldest first. */
  texts(): string[] {
    const rows = this.gateway.table.database
      .prepare<[], { body: string }>(`SELECT body FROM messages WHERE direction = 'outbound' ORDER BY seq`)
      .all();
    return rows.map(({ body }) => body);
  }
}
