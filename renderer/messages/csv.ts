import type { Message } from '../../src/contract/message.ts';

const columns = [
  'message_id',
  'created_at',
  'direction',
  'from',
  'to',
  'body',
  'segment_count',
  'encoding',
  'status',
  'failure_reason',
  'sent_at',
  'delivered_at',
  'cost_usd',
  'client_reference',
] as const satisfies readonly (keyof Message)[];

export const csvHead = columns.join(',');

/** One message as a line of CSV (RFC 4180). */
export function csvLine(message: Message): string {
  return columns.map((column) => cell(message[column])).join(',');
}

/** A spreadsheet would take a text that begins with one of these for a formula, and run it. */
const formulaStart = /^[=+\-@\t\r]/;
const plainNumber = /^\+?\d+$/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  const words = String(value);
  const safe = formulaStart.test(words) && !plainNumber.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
