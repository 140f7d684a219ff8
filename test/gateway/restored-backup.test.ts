import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withDatabase } from '../../src/cli/data-dir.ts';
import { databaseFile } from '../../src/config.ts';
import { generic, type Profile } from '../../src/emulator/index.ts';
import { copyDatabase } from '../../src/store/backup/copy.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { numbers } from './model/world.ts';
import { friend, Office } from './office.ts';

const minuteMs = 60_000;

/** A modem that is plugged in takes its time, the longer the more else runs on the machine of the test. */
async function becomes(office: Office, id: string, status: string): Promise<void> {
  for (let minute = 0; minute < 20 && (await office.status(id)) !== status; minute++)
    await office.world.pass(minuteMs);
  expect(await office.status(id)).toBe(status);
}

/** A backup was made while a text waited; the text left after that; then the backup was restored. */
async function restored(): Promise<{ office: Office; waited: string }> {
  const office = await Office.open();
  onTestFinished(() => office.world.end());
  const { world } = office;
  world.unplug(0);
  await world.pass(minuteMs);
  const waited = await office.send('the code of this morning');
  const dataDir = temporaryFolder();
  await copyDatabase(databaseFile(world.gateway.dataDir), join(dataDir, 'postern.db'));
  world.plug(0, 0);
  await becomes(office, waited, 'delivered');
  await world.restart(dataDir);
  await world.pass(10 * minuteMs);
  return { office, waited };
}

test('after a restore nothing leaves, old or new, and a person is told why', async () => {
  const { office, waited } = await restored();
  const fresh = await office.send('something new');
  await office.world.pass(10 * minuteMs);
  expect(office.taken).toEqual(['the code of this morning']);
  expect([await office.status(waited), await office.status(fresh)]).toEqual(['queued', 'queued']);
  expect(await office.story(waited)).toEqual(['accepted', 'held']);
  expect(await office.waits(waited)).toMatchObject({ reason: 'queue_held', until: null });
  expect((await office.queue()).held).toMatchObject({
    waiting: 1,
    message: expect.stringContaining('release'),
  });
});

test('what waited in the backup can be discarded: it fails, and only what is new is sent', async () => {
  const { office, waited } = await restored();
  const fresh = await office.send('something new');
  expect((await office.decide('discard')).held).toBeNull();
  await becomes(office, fresh, 'delivered');
  expect([await office.status(waited), await office.status(fresh)]).toEqual([
    'failed: cancelled',
    'delivered',
  ]);
  expect(office.taken).toEqual(['the code of this morning', 'something new']);
});

test('or released: then it is sent, also after another start', async () => {
  const { office, waited } = await restored();
  await office.world.restart();
  await office.world.pass(minuteMs);
  expect(office.taken).toHaveLength(1);
  await office.decide('release');
  await office.world.pass(minuteMs);
  expect(await office.status(waited)).toBe('delivered');
  expect(office.taken).toHaveLength(2);
  await office.world.restart();
  expect((await office.queue()).held).toBeNull();
});

test('nothing leaves where the disk does not take that it was released', async () => {
  const { office, waited } = await restored();
  const { world } = office;
  const { dataDir } = world.gateway;
  const refusal = `CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`;
  withDatabase(dataDir, (database) => database.prepare(refusal).run());
  const { status } = await world.gateway.request('POST', '/v1/queue/release');
  expect(status).toBe(500);
  withDatabase(dataDir, (database) => database.prepare('DROP TRIGGER full').run());
  await world.pass(minuteMs);
  expect((await office.queue()).held?.waiting).toBe(1);
  expect([office.taken, await office.status(waited)]).toEqual([['the code of this morning'], 'queued']);
});

/** Modems that bring texts directly and store none; the second kind has none of them acknowledged. */
const direct: Profile = {
  ...generic,
  notifications: { ...generic.notifications, deliver: [0, 2], report: [0, 1] },
};

test.each<[string, Profile]>([
  ['waits on its SIM', generic],
  ['and lies on no SIM is set aside', direct],
  ['and is not even acknowledged is set aside', { ...direct, lacks: [...(direct.lacks ?? []), '+CSMS'] }],
])(
  'once a restore is ordered no text is taken, and what arrives %s for the restored database',
  async (_, profile) => {
    const office = await Office.open(profile);
    onTestFinished(() => office.world.end());
    const { world } = office;
    const stateOf = async (name: string) =>
      (await world.gateway.request('GET', `/v1/backups/${name}`)).data as { state: string };
    const settled = async (name: string) => {
      while (['making', 'restoring'].includes((await stateOf(name)).state)) await new Promise(setImmediate);
      return (await stateOf(name)).state;
    };
    const { name } = (await world.gateway.request('POST', '/v1/backups')).data as { name: string };
    expect(await settled(name)).toBe('ready');

    await world.gateway.request('POST', `/v1/backups/${name}/restore`);
    await expect(office.send('would be lost')).rejects.toThrow('503');
    expect(await settled(name)).toBe('restore_ready');
    await expect(office.send('would be lost')).rejects.toThrow('503');
    world.network.deliver({ from: friend, to: numbers[0], text: 'must not be lost' });
    await world.pass(minuteMs);

    await world.restart();
    await world.pass(2 * minuteMs);
    const { data } = await world.gateway.request('GET', '/v1/sms?direction=inbound');
    expect((data as { body: string }[]).map(({ body }) => body)).toEqual(['must not be lost']);
  },
);
