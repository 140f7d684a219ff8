import { z } from 'zod';

/** Every error code of the API with its HTTP status. */
export const errorStatuses = {
  MISSING_API_KEY: 401,
  INVALID_API_KEY: 401,
  WRONG_PASSWORD: 401,
  FORBIDDEN: 403,
  VALIDATION_ERROR: 422,
  INVALID_JSON: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NUMBER_NOT_FOUND: 404,
  MESSAGE_NOT_FOUND: 404,
  SIM_NOT_FOUND: 404,
  KEY_NOT_FOUND: 404,
  BATCH_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  INVALID_EVENT_TYPE: 422,
  IDEMPOTENCY_CONFLICT: 409,
  MESSAGE_NOT_CANCELLABLE: 409,
  /** It has not failed, came in, or its text is gone. */
  MESSAGE_NOT_RESENDABLE: 409,
  /** It still waits, so that it cannot be erased. */
  MESSAGE_NOT_FINAL: 409,
  NUMBER_TAKEN: 409,
  /** The recipient said STOP, or is not among those that texts may go to. */
  RECIPIENT_OPTED_OUT: 422,
  RECIPIENT_BLOCKED: 422,
  /** A number that is not on the list that it is to be taken off. */
  ENTRY_NOT_FOUND: 404,
  /** Its texts were taken back: it cannot be paused or resumed. */
  BATCH_CANCELLED: 409,
  BACKUP_NOT_FOUND: 404,
  /** One backup at a time is made or restored. */
  BACKUP_BUSY: 409,
  /** The disk has no room for what was asked for; texts are still taken. */
  NO_SPACE: 507,
  RATE_LIMIT_EXCEEDED: 429,
  QUEUE_FULL: 503,
  /** It is here, or something waits for it: it cannot be forgotten, or started once more. */
  IN_USE: 409,
  MODEM_NOT_FOUND: 404,
  /** The modem is away, disabled, or somebody else is just talking with the network over it. */
  MODEM_UNAVAILABLE: 409,
  /** A command line that is not run; `details.force` says where it could be forced. */
  COMMAND_REFUSED: 422,
  /** The SIM did not take a PIN or PUK, or is not waiting for one. */
  PIN_REFUSED: 409,
  /** The modem or the network refused, or did not answer. */
  MODEM_FAILED: 502,
  /** The mail server refused, or cannot be reached. */
  MAIL_FAILED: 502,
  /** What arrived is not HTTP, or not a request that can be read. */
  BAD_REQUEST: 400,
  REQUEST_TIMEOUT: 408,
  HEADERS_TOO_LARGE: 431,
  /** The gateway is starting, stopping or cannot write to its disk: nothing was accepted. */
  NOT_READY: 503,
  INTERNAL_ERROR: 500,
} as const;

export type ErrorCode = keyof typeof errorStatuses;
export const errorCodes = Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]];

/** The envelope of every error. `details` maps a field to what is wrong with it. */
export const errorEnvelope = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: z.enum(errorCodes),
      message: z.string(),
      details: z.record(z.string(), z.string()).optional(),
    }),
  })
  .meta({ id: 'Error' });
export type ErrorEnvelope = z.infer<typeof errorEnvelope>;
