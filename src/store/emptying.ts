import type { Database } from './database.ts';
import { fingerprint } from './fingerprint.ts';

/** Without an affinity of its own: else no index of an expression answers what is compared with it. */
const messageIdOf = '+(SELECT message_id FROM messages WHERE seq = ?)';
const segmentsOf = `(SELECT segment_id FROM segments WHERE message_seq = ?)`;

/** What else holds the text of a message, given its `seq`. */
const texts = [
  `UPDATE attempts SET pdu = '' WHERE segment_id IN ${segmentsOf}`,
  `DELETE FROM mail_outbox WHERE message_id = ${messageIdOf}`,
  `DELETE FROM smpp_parts WHERE message_id = ${messageIdOf}`,
  `DELETE FROM deliveries WHERE message_id = ${messageIdOf}`,
  `DELETE FROM events WHERE json_extract(data, '$.message_id') = ${messageIdOf}`,
  `UPDATE idempotency SET answer = json_set(answer, '$.body', '')
   WHERE json_extract(answer, '$.message_id') = ${messageIdOf}`,
] as const;

/** What else holds the other's number. */
const numbers = [
  `UPDATE status_reports SET pdu = '', recipient = NULL WHERE segment_id IN ${segmentsOf}`,
  `DELETE FROM smpp_requests WHERE message_id = ${messageIdOf}`,
  `DELETE FROM smpp_deliveries WHERE message_id = ${messageIdOf}`,
  `UPDATE segments SET recipient = NULL WHERE message_seq = ?`,
  `UPDATE inbound_parts SET sender = NULL WHERE message_seq = ?`,
  `UPDATE idempotency SET answer = json_set(answer, '$.to', '')
   WHERE json_extract(answer, '$.message_id') = ${messageIdOf}`,
] as const;

/** Takes the text out of a message and out of all that was written about it; all else stays. */
export function redactMessage(database: Database, seq: number, at: number): void {
  database.prepare(`UPDATE messages SET body = '', emptied = 1, redacted_at = ? WHERE seq = ?`).run(at, seq);
  emptyTexts(database, seq);
}

/**
 * Takes text and the other's number out of a message and out of all that was written about it: its PDUs, the kept
 * events, the answers kept for repeated requests.
 */
export function eraseMessage(database: Database, seq: number, at: number): void {
  database
    .prepare(
      `UPDATE messages SET body = '', client_reference = NULL, idempotency_key = NULL, raw_from = NULL, emptied = 1, erased_at = @at,
         to_number = CASE direction WHEN 'outbound' THEN NULL ELSE to_number END,
         from_number = CASE direction WHEN 'inbound' THEN NULL ELSE from_number END WHERE seq = @seq`,
    )
    .run({ seq, at });
  emptyTexts(database, seq);
  for (const sql of numbers) database.prepare(sql).run(seq);
}

/** A part that the modem shows again must still be known, so its fingerprint takes the place of its octets. */
export function emptyPart(
  database: Database,
  part: { readonly part_id: number; readonly pdu: string },
): void {
  database
    .prepare(`UPDATE inbound_parts SET pdu = ?, kind = 'emptied' WHERE part_id = ?`)
    .run(fingerprint(part.pdu), part.part_id);
}

function emptyTexts(database: Database, seq: number): void {
  for (const sql of texts) database.prepare(sql).run(seq);
  const parts = database
    .prepare<[number], { part_id: number; pdu: string }>(
      'SELECT part_id, pdu FROM inbound_parts WHERE message_seq = ?',
    )
    .all(seq);
  for (const part of parts) emptyPart(database, part);
}
