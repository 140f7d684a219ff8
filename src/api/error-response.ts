import type { ErrorRequestHandler } from 'express';
import type { NetworkError } from '../gateway/network-desk.ts';
import type { ExchangeError } from '../gateway/settings-exchange.ts';
import type { Logger } from '../log.ts';
import type { MailError } from '../mail/mail-desk.ts';
import type { OutboxError } from '../messages/outbox.ts';
import type { PanelError } from '../panel/panel-error.ts';
import type { UploadError } from '../store/backup/upload.ts';
import type { WebhookError } from '../webhooks/webhook-error.ts';
import { ApiError, ClientGone } from './api-error.ts';
import { sendError } from './reply.ts';

/** The one place where what was thrown becomes an answer. What is not foreseen is logged and tells nothing. */
export function errorResponder(log: Logger): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    if (thrown instanceof ClientGone) return void response.destroy();
    if (response.headersSent) {
      log.error({ err: thrown }, 'An answer broke off');
      return void response.destroy();
    }
    const error = toApiError(thrown);
    if (error.code === 'INTERNAL_ERROR' || error.code === 'NOT_READY') {
      const requestId = response.getHeader('X-Request-Id');
      log.error({ err: thrown, requestId, method: request.method, path: request.path }, 'A request failed');
    }
    return sendError(response, error);
  };
}

/** The error of the API that stands for whatever was thrown. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (!(thrown instanceof Error)) return unforeseen();
  const { code, message, name } = thrown as Error & { readonly code?: unknown };
  if (telling.has(name)) return withDetails(thrown as Telling);
  if (isPlain(code)) return new ApiError(code, message);
  const ofStore = storeSentence(name, code);
  if (ofStore)
    return new ApiError('NOT_READY', ofStore, { headers: { 'Retry-After': retryAfter(undefined) } });
  return unforeseen();
}

/** Codes of other parts of the gateway whose sentence says all there is to say. */
const plainCodes = [
  'FORBIDDEN',
  'MESSAGE_NOT_FOUND',
  'MESSAGE_NOT_CANCELLABLE',
  'MESSAGE_NOT_RESENDABLE',
  'MESSAGE_NOT_FINAL',
  'SIM_NOT_FOUND',
  'BATCH_NOT_FOUND',
  'BATCH_CANCELLED',
  'BACKUP_NOT_FOUND',
  'BACKUP_BUSY',
  'NO_SPACE',
  'NUMBER_TAKEN',
] as const;

function isPlain(code: unknown): code is (typeof plainCodes)[number] {
  return (plainCodes as readonly unknown[]).includes(code);
}

/** What a caller is told of a database that cannot be used: where it lies is not his to know. */
const storeSentences = {
  locked: 'Another program has locked the database of the gateway. Nothing was accepted; try again later.',
  unwritable:
    'The gateway cannot write to its disk, which is full, read-only or broken. Nothing was accepted. On its machine "postern doctor" says more.',
  corrupt: 'The database of the gateway is damaged. Nothing was accepted. Restore a backup.',
  newer: 'The database of the gateway was written by a newer version of it. Nothing was accepted.',
} as const;

/** Also for what SQLite itself says where no part of the gateway has put it into words. */
function storeSentence(name: string, code: unknown): string | undefined {
  if (name === 'StoreError') return storeSentences[code as keyof typeof storeSentences];
  if (name !== 'SqliteError' || typeof code !== 'string') return undefined;
  if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) return storeSentences.corrupt;
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return storeSentences.locked;
  if (/^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN)/.test(code)) return storeSentences.unwritable;
  return undefined;
}

/** Errors of other parts of the gateway that bear a code of the API, and name fields where some are wrong. */
type Telling =
  | PanelError
  | WebhookError
  | NetworkError
  | MailError
  | ExchangeError
  | UploadError
  | OutboxError;
const telling: ReadonlySet<string> = new Set<Telling['name']>([
  'PanelError',
  'WebhookError',
  'NetworkError',
  'MailError',
  'ExchangeError',
  'UploadError',
  'OutboxError',
]);

function withDetails(thrown: Telling): ApiError {
  const { code, message, details } = thrown;
  const seconds = 'retryAfterSeconds' in thrown ? thrown.retryAfterSeconds : undefined;
  return new ApiError(code, message, {
    ...(details && { details }),
    ...(seconds !== undefined && { headers: { 'Retry-After': retryAfter(seconds) } }),
  });
}

function unforeseen(): ApiError {
  return new ApiError(
    'INTERNAL_ERROR',
    'The gateway failed on this request. Its log says more; X-Request-Id names it there.',
  );
}

/** Whole seconds, and never "at once". */
function retryAfter(seconds: unknown): string {
  return String(typeof seconds === 'number' && seconds > 1 ? Math.ceil(seconds) : 10);
}
