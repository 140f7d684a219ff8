/**
 * Express and better-sqlite3 with nothing between them, on the same file and with the same counts: a message by its id,
 * and the first page of all with its total. No keys, no validation.
 */
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import express from 'express';
import { optionsOf, report } from '../child.ts';

export interface BareReaderOptions {
  readonly file: string;
}

export type BareReaderReport = { readonly type: 'ready'; readonly url: string };

const { file } = optionsOf<BareReaderOptions>();
const database = new Database(file, { readonly: true });
const columns = `message_id, from_number, to_number, body, direction, segment_count, status, failure_reason, sent_at,
  delivered_at, cost_usd, created_at, client_reference, encoding`;
const one = database.prepare(`SELECT ${columns} FROM messages WHERE message_id = ?`);
const page = database.prepare(`SELECT ${columns} FROM messages ORDER BY seq DESC LIMIT 20`);
const total = database.prepare('SELECT sum(messages) FROM message_counts').pluck();

const app = express();
app.get('/v1/sms/:id', (request, response) => {
  response.json({ success: true, data: one.get(request.params.id) });
});
app.get('/v1/sms', (_request, response) => {
  response.json({ success: true, data: page.all(), meta: { total: total.get() } });
});

const server = app.listen(0, '127.0.0.1', () => {
  report({ type: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
for (const end of ['disconnect', 'SIGTERM']) process.on(end, () => process.exit());
