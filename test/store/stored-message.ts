import type { Message } from '../../src/contract/message.ts';
import type { Database } from '../../src/store/database.ts';

/** Puts a message into the log as the gateway would have written it; a new id where none is given. */
export function storeMessage(database: Database, given: Partial<Message> = {}): string {
  const inbound = given.direction === 'inbound';
  const message = {
    message_id: crypto.randomUUID() as string,
    from: '+14155552671',
    to: '+14155553000',
    body: 'Your verification code is 482910',
    direction: 'outbound',
    status: inbound ? 'received' : 'sent',
    failure_reason: null,
    segment_count: 1,
    encoding: 'gsm7',
    sent_at: null,
    delivered_at: null,
    cost_usd: null,
    created_at: '2026-06-08T13:30:06Z',
    client_reference: null,
    complete: true,
    ...given,
  };
  database
    .prepare(
      `INSERT INTO messages (message_id, direction, status, from_number, to_number, body, encoding, segment_count,
         complete, failure_reason, sent_at, delivered_at, cost_usd, created_at, client_reference)
       VALUES (@message_id, @direction, @status, @from, @to, @body, @encoding, @segment_count,
         @complete, @failure_reason, @sent_at, @delivered_at, @cost_usd, @created_at, @client_reference)`,
    )
    .run({
      ...message,
      complete: message.complete ? 1 : 0,
      sent_at: message.sent_at && Date.parse(message.sent_at),
      delivered_at: message.delivered_at && Date.parse(message.delivered_at),
      created_at: Date.parse(message.created_at),
    });
  return message.message_id;
}
