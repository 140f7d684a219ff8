import { expect } from 'vitest';
import { withDatabase } from '../../../src/cli/data-dir.ts';
import type { OwnNumber } from '../../../src/contract/modem.ts';
import type { Story } from '../../../src/contract/story.ts';
import type { Database } from '../../../src/store/database.ts';
import { numbers, type SentText, type World } from './world.ts';

interface Row {
  readonly message_id: string;
  readonly status: string;
  readonly failure_reason: string | null;
  readonly due_at: number;
  /** States of its segments in order, joined with commas. */
  readonly states: string;
  readonly attempts: string;
}

/** What a message that was seen in one status may be seen in later (semantics: "Status"). */
const later: Readonly<Record<string, readonly string[]>> = {
  queued: ['queued', 'dispatched', 'sent', 'delivered', 'failed'],
  dispatched: ['queued', 'dispatched', 'sent', 'delivered', 'failed'],
  sent: ['sent', 'delivered', 'failed'],
  delivered: ['delivered'],
  failed: ['failed'],
};

/** What the states of the segments can be under each status. */
const segmentsOf: Readonly<Record<string, RegExp>> = {
  queued: /^waiting(?:,waiting)*$/,
  dispatched: /waiting|submitting|ambiguous|unresolved/,
  sent: /^(?:accepted|delivered)(?:,(?:accepted|delivered))*$/,
  delivered: /^delivered(?:,delivered)*$/,
  failed: /./,
};

const reasons =
  /^(?:network_rejected|recipient_unknown|recipient_unavailable|undeliverable|expired|sim_failure|modem_failure|cancelled|ambiguous_submit): ./;

/** A modem may be brought up anew, or hold its queue, for so long without telling a person yet. */
const patienceMs = 900_000;

/** Holds the database, the network's record and the API against what was promised. */
export async function checkPromises(world: World): Promise<void> {
  const { data } = await world.gateway.request('GET', '/v1/numbers');
  const online = new Set((data as OwnNumber[]).filter((entry) => entry.online).map(({ number }) => number));
  const { settings, paused, rows, doubled } = withDatabase(world.gateway.dataDir, read);
  expect(doubled, 'events that were told twice').toEqual([]);
  const byId = new Map(rows.map((row) => [row.message_id, row]));
  for (const text of world.texts) {
    const row = byId.get(text.id);
    if (!row) throw new Error(`${text.id}, which was answered 202, is lost`);
    checkText(world, text, row);
    const stands = settings || paused.has(text.from) || !online.has(text.from);
    checkNotStuck(world, text, row, stands);
  }
}

function checkText(world: World, text: SentText, row: Row): void {
  const { status, states, failure_reason: reason } = row;
  const taken = partsTaken(world, text);
  const seen = `${text.to} was ${text.status}, is ${status} (${reason}); segments ${states}; the network took ${taken}`;
  const evidence = text.status.startsWith('failed: ambiguous_submit');
  const allowed = evidence ? ['failed', 'sent', 'delivered'] : later[text.status.split(':')[0] ?? ''];
  expect(allowed, seen).toContain(status);
  expect(states, seen).toMatch(segmentsOf[status] ?? /^$/);
  expect(new Set(taken).size, seen).toBe(taken.length);
  states.split(',').forEach((state, at) => {
    if (state === 'accepted' || state === 'delivered') expect(taken, seen).toContain(at + 1);
    if (state === 'waiting' || state === 'rejected') expect(taken, seen).not.toContain(at + 1);
  });
  if (status === 'failed') expect(reason, seen).toMatch(reasons);
  else expect(reason, seen).toBeNull();
  if (text.cancelled) expect([status, taken.length], seen).toEqual(['failed', 0]);
  text.status = reason === null ? status : `${status}: ${reason}`;
}

/** Whatever waits has a due time, a result to wait for, or a reason that a person can read. */
function checkNotStuck(world: World, text: SentText, row: Row, stands: boolean): void {
  const now = world.clock.now();
  const waits = row.status === 'queued' || row.status === 'dispatched';
  const explained = stands || row.due_at > now || /submitting|ambiguous/.test(row.states);
  if (!waits || explained) text.unexplainedSince = undefined;
  else text.unexplainedSince ??= now;
  const forMs = now - (text.unexplainedSince ?? now);
  expect(forMs, `${text.to} is ${row.status} and nothing says why`).toBeLessThanOrEqual(patienceMs);
}

function partsTaken(world: World, { to }: SentText): number[] {
  const parts = world.network.submissions.all.filter((part) => part.to === to);
  return parts.map(({ concatenation }) => concatenation?.sequence ?? 1);
}

function read(database: Database) {
  const rows = database
    .prepare<[], Row>(
      `SELECT message_id, status, failure_reason, due_at,
         (SELECT group_concat(state, ',' ORDER BY position) FROM segments WHERE message_seq = seq) AS states,
         (SELECT group_concat(attempts, ',' ORDER BY position) FROM segments WHERE message_seq = seq) AS attempts
       FROM messages WHERE direction = 'outbound'`,
    )
    .all();
  const doubled = database
    .prepare(
      // what failed by doubt alone may fail for good later, when a report says that it was taken and never arrived
      `SELECT event_type, json_extract(data, '$.message_id') AS id, count(*) AS times FROM events
       WHERE event_type LIKE 'sms.%'
       GROUP BY 1, 2, json_extract(data, '$.failure_reason') LIKE 'ambiguous_submit%' HAVING times > 1`,
    )
    .all();
  const paused = database
    .prepare<[], { number: string }>('SELECT number FROM sims WHERE paused_at IS NOT NULL')
    .all();
  const setting = database
    .prepare<[], { value: string }>(`SELECT value FROM settings WHERE name = 'sending_paused'`)
    .get();
  return {
    rows,
    doubled,
    paused: new Set(paused.map(({ number }) => number)),
    settings: setting?.value === 'true',
  };
}

/** After all trouble is over nothing waits but for a time that is known, and every arrival is there, once. */
export async function checkEnd(world: World): Promise<void> {
  await checkPromises(world);
  const { rows } = withDatabase(world.gateway.dataDir, read);
  const now = world.clock.now();
  for (const { message_id: id, status, due_at: dueAt, states } of rows) {
    const waits = status === 'queued' || status === 'dispatched';
    if (waits && dueAt <= now && !(await waitsUntil(world, id)))
      throw new Error(`nothing comes of a text that is ${status} (${states}): ${await storyOf(world, id)}`);
  }
  const { data } = await world.gateway.request('GET', '/v1/sms?direction=inbound&per_page=100');
  expect((data as { body: string }[]).map(({ body }) => body).toSorted()).toEqual(world.arrivals.toSorted());
  expect(numbers.map((number) => world.network.heldFor(number))).toEqual([0, 0]);
}

/** Until when a text waits for something that has a name, such as a SIM whose texts the network refuses. */
async function waitsUntil(world: World, id: string): Promise<string | null | undefined> {
  const { data } = await world.gateway.request('GET', `/v1/sms/${id}/events`);
  return (data as Story).waits?.until;
}

async function storyOf(world: World, id: string): Promise<string> {
  const { data } = await world.gateway.request('GET', `/v1/sms/${id}/events`);
  const { events } = data as {
    events: { at: string; entry: string; part: number | null; detail: string | null }[];
  };
  const modems = (await world.gateway.request('GET', '/v1/modems')).data as {
    port: string;
    state: string;
    number: string;
    problem: object | null;
  }[];
  const states = modems.map(({ port, state, number, problem }) => [port, state, number, problem]);
  return JSON.stringify([new Date(world.clock.now()), events.map((event) => Object.values(event)), states]);
}
