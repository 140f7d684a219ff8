import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeHistory } from '../../src/cli/demo/history.ts';
import { office } from '../../src/cli/demo/office.ts';
import { decodePdu } from '../../src/gsm/pdu/index.ts';
import { Database } from '../../src/store/database.ts';
import { readKeyFile, SecretBox } from '../../src/store/secret-box.ts';
import { TrafficMoments } from '../../src/store/traffic-moments.ts';

const now = Date.parse('2026-06-10T12:00:00Z');
const dayMs = 86_400_000;

let folder: string;
let database: Database;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-history-'));
  database = Database.open(join(folder, 'postern.db'));
  writeHistory(database, new SecretBox(readKeyFile(folder)), now, { days: 2, textsOfADay: 40 });
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

it('knows of every SIM of the office when it sent and received last, within the last day', () => {
  const moments = new TrafficMoments(database);
  const sims = database
    .prepare<[], { sim_id: number; number: string }>('SELECT sim_id, number FROM sims')
    .all();
  expect(sims).toHaveLength(office.length);
  for (const { sim_id: simId, number } of sims) {
    expect(now - (moments.lastSent(simId) ?? 0)).toBeLessThan(dayMs);
    expect(moments.lastReceived(number)).toBeDefined();
  }
});

it('says by which program each text was handed in', () => {
  const names = database
    .prepare<[], { name: string | null }>(
      `SELECT DISTINCT keys.name FROM messages LEFT JOIN keys USING (key_id) WHERE direction = 'outbound'`,
    )
    .all();
  expect(names).toEqual([{ name: 'Office software' }]);
});

it('leaves nothing that waits, and keeps of each text the bytes that left', () => {
  const open = `SELECT count(*) AS count FROM segments s JOIN messages m ON m.seq = s.message_seq
    WHERE s.state IN ('waiting', 'submitting') AND m.status <> 'failed'`;
  expect(database.prepare<[], { count: number }>(open).get()?.count).toBe(0);
  const attempts = database.prepare<[], { pdu: string }>('SELECT pdu FROM attempts').all();
  expect(attempts.length).toBeGreaterThan(60);
  for (const { pdu } of attempts)
    expect(decodePdu(pdu, { direction: 'MO' })).toMatchObject({ kind: 'submit' });
});
