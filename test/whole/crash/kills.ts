import { afterEach, expect, test } from 'vitest';
import { withDatabase } from '../../../src/cli/data-dir.ts';
import { databaseFile } from '../../../src/config.ts';
import type { Message } from '../../../src/contract/message.ts';
import { profiles } from '../../../src/emulator/index.ts';
import { checkDatabase } from '../../../src/store/database.ts';
import { ModemBench } from '../bench-of-modems.ts';
import { Chance } from '../chance.ts';
import { CrashLane } from './crash-lane.ts';
import { planKills } from './crash-plan.ts';

const families = ['generic', 'sierra-mc7304', 'quectel-ec25', 'huawei-e173'];

/** Kills the program so often, by a plan that `CRASH_SEED` makes the same again, and looks at every text. */
export function surviveKills(kills: number, limitMs: number): void {
  let bench: ModemBench | undefined;
  let lanes: CrashLane[] = [];

  afterEach(async () => {
    await Promise.all(lanes.map((lane) => lane.close()));
    await bench?.clear();
    lanes = [];
  });

  test('killed at every boundary and at any time, it loses and doubles no text, out or in', {
    timeout: limitMs,
  }, async () => {
    const chance = new Chance(Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000));
    process.stderr.write(`${kills} kills; the same again: CRASH_SEED=${chance.seed}\n`);
    const table = await ModemBench.open({ latencyMs: 30, reportDelayMs: 150, retryMs: 1_000 });
    bench = table;
    const plan = planKills(kills, families.length, chance);
    for (const [place, family] of families.entries()) {
      const profile = profiles[family];
      if (profile) lanes.push(await CrashLane.open(table, place, profile, chance.seed + place));
    }
    await Promise.all(
      lanes.map(async (lane, place) => {
        for (const kill of plan[place] ?? []) await lane.kill(kill);
        const told = `CRASH_SEED=${chance.seed}, ${families[place]}: ${lane.story}`;
        expectAgreement(lane, await lane.settle(), told);
      }),
    );
    expect(lanes.flatMap(({ story }) => story)).toHaveLength(kills);
  });
}

/** What the network has and what the API says must be the same story. */
function expectAgreement(
  { traffic, story, dataDir, keepsReports }: CrashLane,
  messages: readonly Message[],
  told: string,
): void {
  const sent = new Map(messages.map((message) => [message.message_id, message]));
  const outbound = messages.filter(({ direction }) => direction === 'outbound');
  expect(outbound.map(({ to }) => to).toSorted(), told).toEqual(
    traffic.outward.map(({ to }) => to).toSorted(),
  );
  let undecided = 0;
  for (const text of traffic.outward) {
    const { status, failure_reason: reason } = sent.get(text.id ?? '') ?? {};
    const taken = traffic.taken(text);
    const seen = `${text.to} is ${status} (${reason}), the network took parts ${taken}; ${told}`;
    expect(new Set(taken).size, seen).toBe(taken.length);
    if (reason?.startsWith('ambiguous_submit')) {
      undecided++;
      if (keepsReports) expect(taken.length, seen).toBeLessThan(text.segments);
    } else {
      expect(status, seen).toMatch(/^(sent|delivered)$/);
      expect(taken.length, seen).toBe(text.segments);
    }
  }
  expect(undecided, told).toBeLessThanOrEqual(story.length);
  const received = messages.filter(({ direction }) => direction === 'inbound');
  expect(received.map(({ body }) => body).toSorted(), told).toEqual(traffic.inward.toSorted());
  expect(eventsToldTwice(dataDir), told).toEqual([]);
  checkDatabase(databaseFile(dataDir));
}

function eventsToldTwice(dataDir: string): unknown[] {
  return withDatabase(dataDir, (database) =>
    database
      .prepare(
        `SELECT event_type, json_extract(data, '$.message_id') AS message_id, count(*) AS times FROM events
         WHERE event_type LIKE 'sms.%' GROUP BY 1, 2 HAVING times > 1`,
      )
      .all(),
  );
}
