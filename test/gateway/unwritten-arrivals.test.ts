import { expect, onTestFinished, test } from 'vitest';
import { withDatabase } from '../../src/cli/data-dir.ts';
import type { Message } from '../../src/contract/message.ts';
import type { ModemView } from '../../src/contract/modem.ts';
import { generic, type Profile } from '../../src/emulator/index.ts';
import { numbers } from './model/world.ts';
import { friend, Office } from './office.ts';

const minuteMs = 60_000;

/** Modems that bring texts and reports directly and store none; the second kind acknowledges them by itself. */
const direct: Profile = {
  ...generic,
  notifications: { ...generic.notifications, deliver: [0, 2], report: [0, 1] },
};
const unacknowledged: Profile = { ...direct, lacks: [...(direct.lacks ?? []), '+CSMS'] };

/** An office whose store refuses what arrives, as a full disk does, until it is told otherwise. */
async function refusingOffice(profile: Profile) {
  const office = await Office.open(profile);
  onTestFinished(() => office.world.end());
  await office.set({});
  await office.world.pass(10_000);
  const run = (sql: string) =>
    withDatabase(office.world.gateway.dataDir, (database) => void database.prepare(sql).run());
  const refuse = (table: string) =>
    run(
      `CREATE TRIGGER refuse_${table} BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    );
  const admit = (table: string) => run(`DROP TRIGGER refuse_${table}`);
  const ask = async <Data>(path: string) =>
    (await office.world.gateway.request('GET', path)).data as unknown as Data;
  const received = async () => (await ask<Message[]>('/v1/sms?direction=inbound')).map(({ body }) => body);
  const warnings = async () =>
    (await ask<ModemView[]>('/v1/modems')).flatMap((modem) => modem.warnings.map(({ message }) => message));
  const attentions = () =>
    withDatabase(office.world.gateway.dataDir, (database) =>
      database
        .prepare(
          `SELECT json_extract(data, '$.problem.code') FROM events WHERE event_type = 'modem.attention'`,
        )
        .pluck()
        .all(),
    );
  const arrive = (text: string) => office.world.network.deliver({ from: friend, to: numbers[0], text });
  return { office, world: office.world, refuse, admit, attentions, received, warnings, arrive };
}

test.each([
  ['needs no acknowledgement', unacknowledged],
  ['must be acknowledged', direct],
])(
  'a text that is brought directly, %s and is refused by the disk is shown once when it takes it',
  async (_, profile) => {
    const { world, refuse, admit, received, arrive } = await refusingOffice(profile);
    refuse('inbound_parts');
    arrive('kept in memory');
    await world.pass(20_000);
    expect(await received()).toEqual([]);
    expect(world.network.heldFor(numbers[0])).toBe(profile === direct ? 1 : 0);
    admit('inbound_parts');
    await world.pass(10 * minuteMs);
    expect(await received()).toEqual(['kept in memory']);
    expect(world.network.heldFor(numbers[0])).toBe(0);
  },
);

test('while an arrival is only in memory nothing is sent, and a person is told of it', async () => {
  const { office, world, refuse, admit, attentions, warnings, arrive } = await refusingOffice(unacknowledged);
  refuse('inbound_parts');
  refuse('events');
  arrive('kept in memory');
  await world.pass(1_000);
  const waiting = await office.send('waits as well');
  await world.pass(minuteMs);
  expect([await office.status(waiting), office.taken]).toEqual(['queued', []]);
  expect(await warnings()).toEqual([
    expect.stringMatching(/^One text or report .* waits in memory.*Make room/),
  ]);
  admit('inbound_parts');
  admit('events');
  await world.pass(minuteMs);
  expect([await office.status(waiting), office.taken]).toEqual(['delivered', ['waits as well']]);
  expect(await warnings()).toEqual([]);
  expect(attentions()).toEqual(['arrivals_unwritten']);
});

test('a delivery report that is brought directly and refused by the disk closes its text later', async () => {
  const { office, world, refuse, admit } = await refusingOffice(unacknowledged);
  const text = await office.send('reported late');
  await world.pass(1_000);
  refuse('status_reports');
  await world.pass(minuteMs);
  expect(await office.status(text)).toBe('sent');
  admit('status_reports');
  await world.pass(minuteMs);
  expect(await office.status(text)).toBe('delivered');
});

test('of more arrivals than can wait in memory those that come last are lost, and counted', async () => {
  const { world, refuse, admit, received, warnings, arrive } = await refusingOffice(unacknowledged);
  refuse('inbound_parts');
  for (let place = 0; place < 1_003; place++) arrive(`text ${place}`);
  await world.pass(minuteMs);
  expect(await warnings()).toEqual([
    expect.stringMatching(/^1000 texts or reports .* 3 texts or reports .* were lost/),
  ]);
  admit('inbound_parts');
  await world.pass(minuteMs);
  expect(await received()).toHaveLength(20);
  expect(await warnings()).toEqual([expect.stringMatching(/^3 texts or reports .* were lost/)]);
});
