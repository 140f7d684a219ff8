import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseFile } from '../src/config.ts';
import { EmulatedSim } from '../src/emulator/network/emulated-sim.ts';
import { Database } from '../src/store/database.ts';
import { ourNumber, reportingPhone } from './phones.ts';

export interface FullStore {
  /** Messages that came to their end long ago, every fourth of them inbound. */
  readonly past: number;
  /** Texts that wait to leave. */
  readonly queued: number;
}

const numbers = (count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
const uuid = `printf('%08x-0000-4000-8000-%012x', i, seed)`;
const correspondent = `'+1555' || (7000000 + i % 50000)`;
const body = `'Text ' || i || ' of the benchmark, one segment long.'`;

/** A data directory as years of use leave it: messages with their segments, attempts, timelines and reports. */
export async function fullStore({ past, queued }: FullStore): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'postern-bench-full-'));
  const database = Database.open(databaseFile(dataDir));
  const now = Date.now();
  // The card of the emulated modem, which sends from this number.
  const { iccid } = new EmulatedSim({ number: ourNumber });
  const run = (sql: string) => void database.prepare(sql).run();
  database.transaction(() => {
    run(`INSERT INTO sims (iccid, number, created_at) VALUES ('${iccid}', '${ourNumber}', ${now})`);
    run(`${numbers(past)} INSERT INTO messages (message_id, direction, status, from_number, to_number, body, encoding,
        segment_count, created_at, expires_at, sent_at, delivered_at, started, sim_id)
      SELECT ${uuid}, iif(i % 4 = 0, 'inbound', 'outbound'), iif(i % 4 = 0, 'received', 'delivered'),
        iif(i % 4 = 0, ${correspondent}, '${ourNumber}'), iif(i % 4 = 0, '${ourNumber}', ${correspondent}), ${body}, 'gsm7', 1,
        ${now} - (${past} - i) * 30000, ${now} - (${past} - i) * 30000 + 259200000, ${now}, ${now}, 1, 1
      FROM (SELECT i, 1 AS seed FROM n)`);
    run(`${numbers(queued)} INSERT INTO messages (message_id, direction, status, from_number, to_number, body, encoding,
        segment_count, created_at, expires_at, priority)
      SELECT ${uuid}, 'outbound', 'queued', '${ourNumber}', '${reportingPhone}', ${body}, 'gsm7', 1, ${now},
        ${now} + 259200000, i % 3 FROM (SELECT i, 2 AS seed FROM n)`);
    run(`INSERT INTO segments (message_seq, position, state, attempts, sim_id, recipient, reference, submitted_at,
        accepted_at, reported_at, report_status)
      SELECT seq, 1, iif(status = 'queued', 'waiting', 'delivered'), status <> 'queued',
        iif(status = 'queued', NULL, 1), iif(status = 'queued', NULL, to_number), iif(status = 'queued', NULL, seq % 256),
        iif(status = 'queued', NULL, created_at), iif(status = 'queued', NULL, created_at),
        iif(status = 'queued', NULL, created_at), iif(status = 'queued', NULL, 0)
      FROM messages WHERE direction = 'outbound'`);
    run(`INSERT INTO attempts (segment_id, ordinal, modem_id, port, pdu, submitted_at, ended_at, outcome)
      SELECT segment_id, 1, '356938035643809', '/dev/ttyUSB0', '0021000B915155450000F100000AC8329BFD0651D1', submitted_at,
        submitted_at, 'accepted' FROM segments WHERE state = 'delivered'`);
    for (const entry of ['accepted', 'submitting', 'segment_accepted', 'sent', 'delivered'])
      run(`INSERT INTO timeline (message_seq, at, entry) SELECT seq, created_at, '${entry}' FROM messages
        WHERE direction = 'outbound' AND (status = 'delivered' OR '${entry}' = 'accepted')`);
    run(`INSERT INTO status_reports (sim_id, reference, recipient, service_centre_at, status, pdu, received_at, segment_id)
      SELECT 1, reference, recipient, submitted_at, 0, '0006', reported_at, segment_id FROM segments WHERE state = 'delivered'`);
    run(`INSERT INTO inbound_parts (sim_id, storage, storage_index, pdu, received_at, kind, sender, on_device, message_seq)
      SELECT 1, 'SM', seq % 20, '0004', created_at, 'text', from_number, 0, seq FROM messages WHERE direction = 'inbound'`);
  });
  database.close();
  return dataDir;
}
