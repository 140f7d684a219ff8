export type WebhookErrorCode = 'WEBHOOK_NOT_FOUND' | 'VALIDATION_ERROR';

/** What was asked of a webhook cannot be done; `details` says what is wrong with each field. */
export class WebhookError extends Error {
  readonly code: WebhookErrorCode;
  readonly details: Readonly<Record<string, string>> | undefined;

  constructor(code: WebhookErrorCode, message: string, details?: Readonly<Record<string, string>>) {
    super(message);
    this.name = 'WebhookError';
    this.code = code;
    this.details = details;
  }
}
