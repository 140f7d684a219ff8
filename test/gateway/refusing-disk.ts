import { expect, onTestFinished, test } from 'vitest';
import { withDatabase } from '../../src/cli/data-dir.ts';
import { numbers } from './model/world.ts';
import { friend, Office } from './office.ts';

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
const changes = ['INSERT', 'UPDATE', 'DELETE'] as const;

/** The tables that a trigger can stand before: all that hold what a person would miss. */
function tables(dataDir: string): string[] {
  return withDatabase(dataDir, (database) =>
    database
      .prepare<[], string>(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'`,
      )
      .pluck()
      .all(),
  );
}

/** From now on no row of the store can be changed, as on a disk that is full or was taken away. */
function refuseAll(dataDir: string): () => void {
  const names = tables(dataDir);
  const each = (sql: (table: string, change: string) => string) =>
    withDatabase(dataDir, (database) =>
      database.transaction(() => {
        for (const table of names) for (const change of changes) database.prepare(sql(table, change)).run();
      }),
    );
  const refusal = `BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`;
  each((table, change) => `CREATE TRIGGER refuse_${change}_${table} BEFORE ${change} ON ${table} ${refusal}`);
  return () => each((table, change) => `DROP TRIGGER refuse_${change}_${table}`);
}

/** @param refusingMs how long the disk takes nothing, in all */
export function refuseFor(refusingMs: number): void {
  test('a disk that refuses everything for long ends nothing: what waited leaves, and what came is shown, when it takes it again', async () => {
    const office = await Office.open();
    const { world } = office;
    onTestFinished(() => world.end());
    await office.set({ balance_code: '*100#' });
    await world.pass(minuteMs);
    world.strike(0, 'late-result=10,1');
    const texts = [
      await office.send('late'),
      await office.send('waits', { scheduled_at: office.at(refusingMs / 2) }),
    ];
    await world.pass(1_000);
    const admit = refuseAll(world.gateway.dataDir);
    world.network.deliver({ from: friend, to: numbers[0], text: 'came meanwhile' });
    await world.pass(refusingMs / 16);
    world.unplug(0);
    await world.pass(refusingMs / 4);
    world.plug(0, 2);
    world.clock.shift(3 * hourMs);
    await world.pass((refusingMs * 11) / 16);
    expect(office.taken.length).toBeLessThan(2);
    admit();
    await world.pass(20 * minuteMs);
    const ends = await Promise.all(texts.map((id) => office.status(id)));
    expect(ends).toEqual([expect.stringMatching(/^delivered$|^failed: ambiguous_submit$/), 'delivered']);
    const { data } = await world.gateway.request('GET', '/v1/sms?direction=inbound');
    expect((data as { body: string }[]).map(({ body }) => body)).toEqual(['came meanwhile']);
  });
}
