import { type ErrorCode, errorStatuses } from '../../contract/error.ts';

/** What can go wrong with any request. */
export const globalErrors: readonly ErrorCode[] = [
  'BAD_REQUEST',
  'FORBIDDEN',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'INTERNAL_ERROR',
  'NOT_READY',
];
/** What else can go wrong under `/v1`. */
export const keyErrors: readonly ErrorCode[] = ['MISSING_API_KEY', 'INVALID_API_KEY', 'RATE_LIMIT_EXCEEDED'];
/** What else can go wrong with a body. */
export const bodyErrors: readonly ErrorCode[] = [
  'INVALID_JSON',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
];

/** When each error is answered, and a message that may come with it. */
export const errorMeanings: Readonly<Record<ErrorCode, { readonly when: string; readonly message: string }>> =
  {
    MISSING_API_KEY: {
      when: 'there is no Authorization header',
      message: 'Send an API key: "Authorization: Bearer ak_...".',
    },
    INVALID_API_KEY: {
      when: 'the key is wrong, malformed or revoked',
      message: 'The API key is wrong or was revoked.',
    },
    WRONG_PASSWORD: {
      when: 'the password is wrong, or none is set',
      message: 'The password is wrong, or none is set. A one-time link works too.',
    },
    FORBIDDEN: {
      when: 'the key lacks the scope, or the Host header is not a name of this gateway',
      message: 'This API key lacks the scope "admin".',
    },
    VALIDATION_ERROR: {
      when: 'one or more fields are wrong; `details` names all of them',
      message: 'The field to is wrong.',
    },
    INVALID_JSON: { when: 'the body is not JSON', message: 'The body is not valid JSON.' },
    NOT_FOUND: { when: 'there is no such route', message: 'There is nothing at /v1/nothing.' },
    METHOD_NOT_ALLOWED: {
      when: 'the method is not possible here; `Allow` says which are',
      message: 'PUT is not possible here. Allowed: GET, HEAD, OPTIONS.',
    },
    PAYLOAD_TOO_LARGE: { when: 'the body is too large', message: 'The body is larger than 65536 bytes.' },
    UNSUPPORTED_MEDIA_TYPE: {
      when: 'the body is not application/json',
      message: 'Send the body as "Content-Type: application/json".',
    },
    NUMBER_NOT_FOUND: {
      when: '`from` is none of the numbers of this gateway',
      message: "+14155552671 is none of this gateway's numbers.",
    },
    MESSAGE_NOT_FOUND: {
      when: 'there is no message with this id',
      message: 'There is no message with this id.',
    },
    SIM_NOT_FOUND: {
      when: 'there is no SIM with this ICCID',
      message: 'There is no SIM with this ICCID.',
    },
    KEY_NOT_FOUND: { when: 'there is no API key with this id', message: 'There is no API key with this id.' },
    ENTRY_NOT_FOUND: {
      when: 'the number is not on the list',
      message: '+14155553000 is not on the list "blocked".',
    },
    RECIPIENT_OPTED_OUT: {
      when: 'whoever has this number wants no more texts',
      message: '+14155553000 wants no more texts.',
    },
    RECIPIENT_BLOCKED: {
      when: 'the number is on the black list, or not on the white list',
      message: '+14155553000 is on the black list.',
    },
    WEBHOOK_NOT_FOUND: {
      when: 'there is no webhook, or no delivery, with this id',
      message: 'There is no webhook with this id.',
    },
    INVALID_EVENT_TYPE: {
      when: '`events` names a type that does not exist',
      message: 'sms.read is no type of event.',
    },
    IDEMPOTENCY_CONFLICT: {
      when: 'the Idempotency-Key was used for a different request',
      message: 'This Idempotency-Key was used for a different request.',
    },
    MESSAGE_NOT_CANCELLABLE: {
      when: 'a part of the message may have left already, or it is final',
      message: 'A part of the message may have left already.',
    },
    MESSAGE_NOT_RESENDABLE: {
      when: 'the message has not failed, came in, or its text is gone',
      message: 'Only a failed message is sent again; this one is sent.',
    },
    MESSAGE_NOT_FINAL: {
      when: 'the message still waits',
      message: 'The message is still queued. Cancel it first.',
    },
    NUMBER_TAKEN: {
      when: 'another SIM has this number',
      message: 'Another SIM has the number +14155552671.',
    },
    BATCH_NOT_FOUND: {
      when: 'there is no batch with this id',
      message: 'There is no batch with this id.',
    },
    BATCH_CANCELLED: {
      when: 'the batch was cancelled',
      message: 'This batch was cancelled: it cannot go on.',
    },
    BACKUP_NOT_FOUND: {
      when: 'there is no backup of this name',
      message: 'There is no backup of this name.',
    },
    BACKUP_BUSY: {
      when: 'a backup is being made or restored just now',
      message: 'The backup postern-20260608-133006.db is being made. Wait until that has ended.',
    },
    NO_SPACE: {
      when: 'the disk has no room for it',
      message:
        '120 MB are free on the disk of the data directory; 400 MB are needed. Make room, or delete old backups.',
    },
    RATE_LIMIT_EXCEEDED: {
      when: 'too many requests; `Retry-After` says when to ask again',
      message: 'Too many requests.',
    },
    QUEUE_FULL: {
      when: 'too many texts wait already; `Retry-After` says when to ask again',
      message: 'As many texts wait to leave from +14155552671 as may (1000). Send this one later.',
    },
    IN_USE: {
      when: 'it is still here, or something waits for it',
      message: 'The modem is plugged in. Only one that is gone can be forgotten.',
    },
    MODEM_NOT_FOUND: {
      when: 'there is no modem with this id',
      message: 'There is no modem with this id.',
    },
    MODEM_UNAVAILABLE: {
      when: 'the modem is away, disabled or busy',
      message: 'The modem is away.',
    },
    COMMAND_REFUSED: {
      when: 'the command is not run, as it could do harm',
      message: 'AT+CFUN=0 is not run here.',
    },
    PIN_REFUSED: {
      when: 'the SIM did not take the PIN or PUK, or does not wait for one',
      message: 'The SIM did not take the PIN.',
    },
    MODEM_FAILED: {
      when: 'the modem or the network refused, or did not answer',
      message: 'The modem did not answer.',
    },
    MAIL_FAILED: {
      when: 'the mail server refused, or cannot be reached',
      message: 'The mail server does not take this user and password (535 authentication failed).',
    },
    BAD_REQUEST: {
      when: 'this is not a request of HTTP that can be read',
      message: 'A request must have one Host header; this one has several.',
    },
    REQUEST_TIMEOUT: {
      when: 'the request did not arrive in time',
      message: 'The request did not arrive in time.',
    },
    HEADERS_TOO_LARGE: {
      when: 'address and headers together are too large',
      message: 'The address and headers together are larger than 16 KiB.',
    },
    NOT_READY: {
      when: 'the gateway is starting, stopping or cannot write to its disk; nothing was accepted',
      message: 'The gateway is stopping.',
    },
    INTERNAL_ERROR: {
      when: 'the gateway failed; its log says more under the `X-Request-Id`',
      message: 'The gateway failed on this request. Its log says more; X-Request-Id names it there.',
    },
  };

/** Codes by the status that they come with, lowest first. */
export function byStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const found = new Map<number, ErrorCode[]>();
  for (const code of [...new Set(codes)].sort((a, b) => errorStatuses[a] - errorStatuses[b])) {
    const status = errorStatuses[code];
    found.set(status, [...(found.get(status) ?? []), code]);
  }
  return found;
}
