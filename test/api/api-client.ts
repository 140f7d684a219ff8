import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { OpenApiDocument } from '../../src/api/openapi/document.ts';
import { DocumentedAnswers } from './documented-answers.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at an answer as a caller in any language would
  readonly json: any;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer | object;
}

/** Whoever asks an API over TCP: nothing here knows what answers. */
export abstract class ApiClient {
  /** The usual one, which may send and read. */
  abstract key: string;
  port = 0;
  url = '';

  /** The OpenAPI document of this very server. */
  async document(): Promise<OpenApiDocument> {
    return (await this.#ask('/openapi.json', {})).json;
  }

  /**
   * Asks with the usual key, unless the headers given name an `authorization` of their own. Fails when the answer is not
   * what the OpenAPI document says.
   */
  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const answer = await this.#ask(path, asked);
    if (answer.status === 503) return answer; // a server that stops does not tell its document any more
    const documented = await DocumentedAnswers.of(() => this.document());
    const { status, text, headers } = answer;
    const exchange = {
      method: asked.method ?? 'GET',
      path,
      status,
      text,
      contentType: headers['content-type'],
    };
    documented.check(exchange);
    return answer;
  }

  async #ask(path: string, asked: Asked = {}): Promise<Answer> {
    const { method = 'GET', body } = asked;
    const json = typeof body === 'object' && !Buffer.isBuffer(body);
    const headers = withoutAbsent({
      authorization: `Bearer ${this.key}`,
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...asked.headers,
    });
    const request = httpRequest({ host: '127.0.0.1', port: this.port, path, method, headers, agent: false });
    request.end(json ? JSON.stringify(body) : body);
    const [response] = await once(request, 'response');
    const text = await textOf(response);
    return { status: response.statusCode, headers: response.headers, text, json: parsed(text) };
  }

  /** Sends a text as a caller would. */
  send(body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('/v1/sms/send', { method: 'POST', body, headers });
  }

  /** Writes octets to the port as they are and answers all that comes back until the connection ends. */
  async raw(...parts: readonly (string | Buffer)[]): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    socket.on('error', () => {}); // a server that refuses may reset
    for (const part of parts) socket.write(part);
    return textOf(socket);
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    // cut off: what came until then is the answer
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A test leaves the usual key out by giving `authorization` as []; '' is sent as an empty header. */
function withoutAbsent(headers: Record<string, string | string[]>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
}
