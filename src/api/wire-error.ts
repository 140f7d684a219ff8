import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from './api-error.ts';
import { errorEnvelopeOf } from './reply.ts';

/** Answers what node's parser could not read as HTTP: the usual envelope, written by hand, and the end. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  refuse(socket, toApiError(error.code));
}

/** Answers CONNECT, which is for proxies. */
export function refuseConnect(_request: IncomingMessage, socket: Duplex): void {
  refuse(
    socket,
    new ApiError('METHOD_NOT_ALLOWED', 'This is not a proxy.', { headers: { Allow: 'GET, HEAD' } }),
  );
}

function toApiError(code: string | undefined): ApiError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ApiError('HEADERS_TOO_LARGE', 'The address and headers together are larger than 16 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ApiError('REQUEST_TIMEOUT', 'The request did not arrive in time.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new ApiError('PAYLOAD_TOO_LARGE', 'The chunk extensions of the body are too large.');
    default:
      return new ApiError('BAD_REQUEST', 'This is not a request that HTTP knows.');
  }
}

function refuse(socket: Duplex, error: ApiError): void {
  const body = JSON.stringify(errorEnvelopeOf(error));
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${randomUUID()}`,
    ...Object.entries(error.headers).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
