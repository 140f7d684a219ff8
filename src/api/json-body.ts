import type { IncomingMessage } from 'node:http';
import { ApiError, ClientGone } from './api-error.ts';

/** The most that a request with many texts in it may carry. */
export const batchBodyLimitBytes = 24 * 1024 * 1024;

/** The most that a request may carry where a route does not say otherwise. */
export const usualBodyLimitBytes = 64 * 1024;

const thrownAwayBytes = 8 * 1024 * 1024;

const jsonType = /^application\/json\s*(?:;|$)/i;
const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a request's body as text of another type than JSON, for example `text/csv`.
 *
 * @throws ApiError 415 for another type, charset or encoding, 413 above `limitBytes`, 400 for what is not UTF-8
 */
export async function readText(request: IncomingMessage, type: string, limitBytes: number): Promise<string> {
  refuseOtherTypes(request, new RegExp(`^${type}\\s*(?:;|$)`, 'i'), type);
  const bytes = await readBytes(request, limitBytes);
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new ApiError('BAD_REQUEST', 'The body is not valid UTF-8. Save the file as "CSV UTF-8".');
  }
}

/**
 * Reads a request's body as JSON.
 *
 * @throws ApiError 415 for another type, charset or encoding, 413 above `limitBytes`, 400 for what is no JSON
 */
export async function readJson(
  request: IncomingMessage,
  limitBytes: number = usualBodyLimitBytes,
): Promise<unknown> {
  refuseOtherTypes(request, jsonType, 'application/json');
  const bytes = await readBytes(request, limitBytes);
  if (bytes.length === 0) throw new ApiError('INVALID_JSON', 'The body is empty; send a JSON object.');
  return parse(decode(bytes));
}

function refuseOtherTypes(request: IncomingMessage, wanted: RegExp, name: string): void {
  const type = request.headers['content-type'];
  if (type === undefined && !hasBody(request)) return;
  if (type === undefined || !wanted.test(type)) {
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', `Send the body as "Content-Type: ${name}".`);
  }
  if (!/^utf-?8$/i.test(charset.exec(type)?.[1] ?? 'utf-8')) {
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', 'Send the body in UTF-8.');
  }
  if (!/^(?:identity)?$/i.test(request.headers['content-encoding']?.trim() ?? '')) {
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as it is, without a Content-Encoding.');
  }
}

function hasBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  );
}

/**
 * A body that is somewhat too large is read to its end and thrown away: many clients see an answer only once they
 * have sent all. A body that is far too large is answered at once.
 */
function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > limitBytes + thrownAwayBytes) return reject(tooLarge(limitBytes));
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (settle: () => void) => {
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      settle();
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else if (length > limitBytes + thrownAwayBytes) finish(() => reject(tooLarge(limitBytes)));
    };
    const onEnd = () =>
      finish(() => (length > limitBytes ? reject(tooLarge(limitBytes)) : resolve(joined(chunks))));
    const onGone = () => finish(() => reject(new ClientGone()));
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function tooLarge(limitBytes: number): ApiError {
  return new ApiError('PAYLOAD_TOO_LARGE', `The body is larger than ${limitBytes} bytes.`);
}

function decode(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new ApiError('INVALID_JSON', 'The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    throw new ApiError('INVALID_JSON', `The body is not valid JSON${place ? `: error ${place}` : ''}.`);
  }
}
