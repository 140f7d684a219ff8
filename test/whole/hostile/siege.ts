import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersIn, exchange, judge, type RawAnswer } from './raw-client.ts';
import { ours, type Patience, SendingGateway } from './sending-gateway.ts';

const mostGrowth = 256 * 1024 * 1024;
const smuggled = 'smuggled text';

export const host = 'Host: localhost\r\n';
export const close = 'Connection: close\r\n';
export const json = 'Content-Type: application/json\r\n';

/** A gateway that sends honest texts all the time while somebody hostile is at its door. */
export class Siege {
  #office: SendingGateway | undefined;
  #memoryBefore = 0;

  /** For all tests of the file that calls this. */
  static duringFile(patience: Patience): Siege {
    const siege = new Siege();
    beforeAll(async () => {
      siege.#office = await SendingGateway.start(patience);
      siege.#memoryBefore = siege.office.memory();
    });
    afterAll(() => siege.#office?.stop());
    return siege;
  }

  /** The last test of the file. */
  endsWell(): void {
    test('after all of it every honest text has left once, nothing else has, and memory is bounded', async () => {
      const { accepted, sent } = await this.office.settled();
      expect(sent).toEqual(new Map(accepted.map((text) => [text, 1])));
      this.expectBoundedMemory();
      expect(this.office.gateway.log).not.toMatch(/uncaught|unhandled|"level":(?:50|60)/i);
    });
  }

  get office(): SendingGateway {
    if (!this.#office) throw new Error('the gateway is there during tests only');
    return this.#office;
  }

  expectBoundedMemory(): void {
    expect(this.office.memory() - this.#memoryBefore).toBeLessThan(mostGrowth);
  }

  readonly authorized = (): string => `${host}Authorization: Bearer ${this.office.key}\r\n`;

  /** A request for a text that must never be sent. */
  readonly smuggledRequest = (body = smuggled): string => {
    const text = JSON.stringify({ from: ours, to: '+15550177999', body });
    return `POST /v1/sms/send HTTP/1.1\r\n${this.authorized()}${json}Content-Length: ${text.length}\r\n\r\n${text}`;
  };

  /** The statuses of the answers to these octets, each judged; none where the connection was cut. */
  readonly statusesFor = async (...parts: readonly (string | Buffer)[]): Promise<number[]> => {
    const answers = answersIn(await exchange(this.office.port, ...parts));
    answers.forEach(judge);
    return answers.map(({ status }) => status);
  };

  /** A request as anybody makes it, and its answer. */
  async ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | undefined,
  ): Promise<RawAnswer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = body === undefined ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const head = `${method} ${path} HTTP/1.1\r\n${this.authorized()}${close}${lines.join('')}${length}\r\n`;
    const [answer] = answersIn(await exchange(this.office.port, head, Buffer.from(body ?? '')));
    if (!answer) throw new Error(`${method} ${path} was cut off`);
    return answer;
  }
}
