import { readFileSync } from 'node:fs';
import { ModemBench } from '../bench-of-modems.ts';
import { RunningGateway, removeDataDir } from '../running-gateway.ts';

export const ours = '+15550100001';
const friend = '+15550177001';

/** The least that a text needs to be sent while something else goes on. */
const fewestMeanwhile = 3;

/** How long a client may take, in seconds. */
export interface Patience {
  readonly headers: number;
  readonly request: number;
}

/** The built program and a modem over which texts go out all the time. */
export class SendingGateway {
  readonly gateway: RunningGateway;
  readonly port: number;
  readonly #bench: ModemBench;
  readonly #ids: string[] = [];
  #left = 0;
  #sending = true;
  #sender: Promise<void> = Promise.resolve();

  private constructor(gateway: RunningGateway, bench: ModemBench) {
    this.gateway = gateway;
    this.port = Number(new URL(gateway.url).port);
    this.#bench = bench;
  }

  static async start({ headers, request }: Patience): Promise<SendingGateway> {
    const bench = await ModemBench.open();
    const modem = bench.add(ours);
    await modem.plugIn('ttyUSB0');
    const gateway = await RunningGateway.start(
      [
        ...['--modem', `path=${modem.path('ttyUSB0')},number=${ours}`],
        ...['--headers-seconds', `${headers}`, '--request-seconds', `${request}`, '--allow-get-send'],
      ],
      { env: { POSTERN_LOG_LEVEL: 'warn' } },
    );
    const sending = new SendingGateway(gateway, bench);
    await gateway.online(ours);
    sending.#sender = sending.#send();
    return sending;
  }

  get key(): string {
    return this.gateway.key;
  }

  /** Resolves when texts that were taken after this moment have left. */
  async sendsOn(): Promise<void> {
    const before = this.#ids.length;
    await this.gateway.until('further texts', () => this.#left >= before + fewestMeanwhile);
  }

  /** Octets of memory that the program takes now. */
  memory(): number {
    const status = readFileSync(`/proc/${this.gateway.process.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
  }

  /** What left, by how often it left, once no more is sent and all of it is delivered. */
  async settled(): Promise<{ readonly accepted: string[]; readonly sent: Map<string, number> }> {
    this.#sending = false;
    await this.#sender;
    await this.gateway.allReach(this.#ids, 'delivered');
    return { accepted: this.#ids.map((_, place) => textOf(place)), sent: this.#bench.timesSent() };
  }

  async stop(): Promise<void> {
    this.#sending = false;
    await this.#sender.catch(() => {});
    await this.gateway.kill();
    await this.#bench.clear();
    await removeDataDir(this.gateway.dataDir);
  }

  /** The next text as soon as the one before it has left. */
  async #send(): Promise<void> {
    while (this.#sending) {
      const body = textOf(this.#ids.length);
      const text = { method: 'POST', body: JSON.stringify({ from: ours, to: friend, body }) };
      const { data } = await this.#ask('/v1/sms/send', { ...text, headers: { 'Idempotency-Key': body } });
      this.#ids.push(data.message_id);
      const stuck = (error: unknown) => this.#tellOf(data.message_id, error);
      await this.gateway
        .until(`${body} to leave`, async () => {
          const { status } = (await this.#ask(`/v1/sms/${data.message_id}`)).data;
          return status === 'sent' || status === 'delivered';
        })
        .catch(stuck);
      this.#left += 1;
    }
  }

  /** Throws the error with all that is known of the text that did not leave. */
  async #tellOf(messageId: string, error: unknown): Promise<never> {
    const paths = [`/v1/sms/${messageId}/events`, '/v1/modems', '/v1/queue'];
    const told = await Promise.all(paths.map((path) => this.gateway.request(path)));
    throw new Error(JSON.stringify(told.map(({ body }) => body)), { cause: error });
  }

  /**
   * Asks again where the connection was cut, as clients do: one that is kept open between two requests makes room for
   * others. What makes that safe is the Idempotency-Key.
   */
  async #ask(
    path: string,
    init: RequestInit = {},
  ): Promise<{ data: { message_id: string; status: string } }> {
    for (;;) {
      const answer = await this.gateway.request(path, init).catch((error: unknown) => {
        if (error instanceof TypeError && this.gateway.process.exitCode === null) return undefined;
        throw error;
      });
      if (answer && answer.status < 300) return answer.body;
      if (answer) throw new Error(`${path} was answered with ${answer.status}`);
    }
  }
}

function textOf(place: number): string {
  return `honest text ${place}`;
}
