import { connect, type Socket } from 'node:net';
import { errorEnvelope } from '../../../src/contract/error.ts';

/** One answer as it stood on the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** A connection to a port of this machine, whose errors are no surprise. */
export function openSocket(port: number): Socket {
  return connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
}

/** All that comes back on a connection until the other side ends it. */
export function heard(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

/** Writes these octets as they are, and answers all that came until the server ended the connection. */
export function exchange(port: number, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = openSocket(port);
  const all = heard(socket);
  for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
  return all;
}

/** The answers in what came over one connection. Throws an `Error` where something in it is none. */
export function answersIn(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = text; rest !== ''; ) {
    const headEnd = rest.indexOf('\r\n\r\n');
    const head = rest.slice(0, headEnd);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    if (headEnd < 0 || Number.isNaN(status)) throw new Error(`This is no answer: ${rest.slice(0, 300)}`);
    const length = status < 200 ? 0 : lengthIn(head, rest.length - headEnd - 4);
    const body = rest.slice(headEnd + 4, headEnd + 4 + length);
    if (status >= 200) answers.push({ status, head, body });
    rest = rest.slice(headEnd + 4 + length);
  }
  return answers;
}

/** Throws an `Error` unless an answer is a success, or an error in the envelope of all errors. */
export function judge({ status, head, body }: RawAnswer): void {
  if (status >= 500) throw new Error(`This is a failure of ours: ${head}\n${body}`);
  if (!/^x-request-id: \S/im.test(head)) throw new Error(`This has no X-Request-Id: ${head}`);
  if (status < 400) return;
  if (status === 403 && /^<!doctype html>/i.test(body)) return; // a page for people: their link no longer works
  if (!/^content-type: application\/json/im.test(head)) throw new Error(`This is not JSON: ${head}`);
  errorEnvelope.parse(JSON.parse(body));
}

/** Without a length it goes on until the connection ends. */
function lengthIn(head: string, available: number): number {
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  return length === undefined ? available : Number(length);
}
