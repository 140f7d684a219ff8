/**
 * Express and better-sqlite3 with nothing between them: each request is one insert and one flush to disk
 * (`synchronous=FULL`). No keys, no validation, no queue.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import express from 'express';
import { report } from '../child.ts';

export type BareServerReport = { readonly type: 'ready'; readonly url: string };

const folder = mkdtempSync(join(tmpdir(), 'postern-bench-bare-'));
const database = new Database(join(folder, 'bare.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(
  'CREATE TABLE texts (id INTEGER PRIMARY KEY, sender TEXT, recipient TEXT, body TEXT, at INTEGER)',
);
const insert = database.prepare('INSERT INTO texts (sender, recipient, body, at) VALUES (?, ?, ?, ?)');

const app = express();
app.use(express.json());
app.post('/v1/sms/send', (request, response) => {
  const { from, to, body } = request.body as Record<string, unknown>;
  const { lastInsertRowid } = insert.run(from, to, body, Date.now());
  response.status(202).json({ success: true, data: { id: Number(lastInsertRowid) } });
});

const server = app.listen(0, '127.0.0.1', () => {
  report({ type: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
for (const end of ['disconnect', 'SIGTERM']) process.on(end, () => process.exit());
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
