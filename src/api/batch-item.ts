import { sendRequest } from '../contract/message.ts';
import type { BatchItem } from '../messages/batch-outbox.ts';
import { judge } from './validation.ts';

/** One text of many as `POST /sms/send` would judge it: what it asks for, or what is wrong with it. */
export function toBatchItem(value: unknown): BatchItem {
  const judged = judge(sendRequest, value);
  if ('data' in judged) return { request: judged.data };
  const { code, message, details } = judged.error;
  return { error: { code, message, ...(details ? { details } : {}) } };
}
