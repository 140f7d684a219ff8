import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at an event as a receiver in any language would
  readonly event: any;
}

type Respond = (response: ServerResponse, received: Received) => void;

/** A receiver of webhooks as others write them, on a port of its own, which answers as a test wants it to. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #server = createServer((request, response) => void this.#take(request, response));
  respond: Respond = (response) => response.end('ok');
  url = '';
  underWay = 0;
  mostUnderWay = 0;
  #changed = () => {};

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await new Promise((resolve) => this.#server.once('listening', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
    return this;
  }

  /** Resolves when this many requests have come in all. */
  async until(count: number): Promise<readonly Received[]> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    return this.received;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    response.on('close', () => this.underWay--);
    response.on('error', () => {});
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const received = { headers: request.headers, body, event: JSON.parse(body) };
    this.received.push(received);
    this.respond(response, received);
    this.#changed();
  }
}

/** Starts one for one test, and stops it after that. */
export async function startReceiver(respond?: Respond): Promise<Receiver> {
  const receiver = await new Receiver().start();
  if (respond) receiver.respond = respond;
  onTestFinished(() => receiver.stop());
  return receiver;
}

/** A port that does what a test wants with whoever connects, below HTTP. */
export async function startPort(take: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    take(socket);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

/** The signature as a receiver in any language works it out. */
export function expectedSignature(body: string, secret: string): string {
  const key = createHash('sha256').update(secret, 'utf8').digest();
  return `sha256=${createHmac('sha256', key).update(body, 'utf8').digest('hex')}`;
}
