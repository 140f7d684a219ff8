import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { BackupDesk } from '../../src/store/backup/backup-desk.ts';
import { NumberListStore } from '../../src/store/number-list-store.ts';
import { PendingRestore } from '../../src/store/backup/pending-restore.ts';
import { Database } from '../../src/store/database.ts';
import { storeMessage } from '../store/stored-message.ts';
import { Administrator } from './administrator.ts';
import { builtProgramIsAsked, RunningApi } from './running-api.ts';

/** An administrator who makes backups. */
async function administered(changes: Parameters<typeof Administrator.of>[0] = {}) {
  const admin = await Administrator.of(changes);
  const { api } = admin;
  const ask = admin.ask.bind(admin);
  /** Asks until a backup is no longer under way: its copy is written by a thread of its own. */
  const settled = async (name: string) => {
    for (;;) {
      const { json } = await ask(`/backups/${name}`);
      if (!['making', 'restoring'].includes(json.data.state)) return json.data;
    }
  };
  const make = async () => settled((await ask('/backups', 'POST')).json.data.name);
  const actions = () => admin.actions();
  return { api, ask, make, settled, actions, dataDir: dirname(api.database.file) };
}

test('a backup is made, shown, downloaded as a database with all messages, and deleted; all of it is written down', async () => {
  const { api, ask, settled, actions, dataDir } = await administered();
  storeMessage(api.database, { body: 'in the backup' });
  const begun = await ask('/backups', 'POST');
  expect(begun.status).toBe(202);
  expect(begun.json.data).toMatchObject({ state: 'making', size_bytes: null, error: null });
  const { name } = begun.json.data;
  expect(name).toMatch(builtProgramIsAsked ? /^postern-\d{8}-\d{6}\.db$/ : /^postern-20260608-133006\.db$/);
  const ready = await settled(name);
  expect(ready).toMatchObject({ state: 'ready', progress_percent: 100, size_bytes: expect.any(Number) });
  expect((await ask('/backups')).json.data).toEqual([ready]);

  const file = await fetch(`${api.url}/v1/backups/${name}/file`, {
    headers: { authorization: `Bearer ${api.newKey(['admin'])}` },
  });
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  const octets = Buffer.from(await file.arrayBuffer());
  expect(octets.length).toBe(ready.size_bytes);
  const saved = join(dataDir, 'downloaded.db');
  writeFileSync(saved, octets);
  const database = Database.open(saved);
  expect(database.prepare('SELECT body FROM messages').pluck().all()).toEqual(['in the backup']);
  database.close();
  expect((await ask(`/backups/${name}/file`, 'HEAD')).headers['content-length']).toBe(
    String(ready.size_bytes),
  );

  expect((await ask(`/backups/${name}`, 'DELETE')).json.data).toEqual({ name });
  expect((await ask(`/backups/${name}`)).json.error.code).toBe('BACKUP_NOT_FOUND');
  expect(await actions()).toEqual([
    ['backup.delete', name],
    ['backup.download', name],
    ['backup.create', name],
  ]);
});

test('so many are kept as is set, and what people put into the folder themselves stays', async () => {
  const { api, ask, make, dataDir } = await administered();
  await ask('/settings', 'PATCH', { backups_kept: 2 });
  mkdirSync(join(dataDir, 'backups'));
  writeFileSync(join(dataDir, 'backups', 'by-hand.db'), 'not one of ours');
  const names: string[] = [];
  for (let count = 0; count < 3; count++) {
    names.push((await make()).name);
    await api.clock.advance(1_000);
  }
  const listed = (await ask('/backups')).json.data.map(({ name }: { name: string }) => name);
  expect(listed.sort()).toEqual(['by-hand.db', ...names.slice(1)]);
});

test('one that is made after the clock was set back is kept, though those before it seem newer', async () => {
  const { api, ask, make, dataDir } = await administered();
  await ask('/settings', 'PATCH', { backups_kept: 2 });
  for (let count = 0; count < 2; count++) {
    const { name } = await make();
    utimesSync(join(dataDir, 'backups', name), 4_000_000_000, 4_000_000_000);
    await api.clock.advance(1_000);
  }
  const { name, state } = await make();
  expect(state).toBe('ready');
  expect((await ask('/backups')).json.data.map((backup: { name: string }) => backup.name)).toContain(name);
});

test('a restore lays a checked copy ready, asks for a start, and the start keeps what was there before', async () => {
  let restarts = 0;
  const { api, make, dataDir } = await administered();
  const backups = new BackupDesk({
    clock: api.clock,
    log: silentLog,
    database: api.database.file,
    keep: () => 10,
    restart: () => restarts++,
  });
  onTestFinished(() => backups.stop());
  storeMessage(api.database, { body: 'before' });
  const revoked = api.keys.create({ name: 'lost', scopes: ['admin'] }).id;
  const { name } = await make();
  storeMessage(api.database, { body: 'after' });
  api.keys.revoke(revoked);
  await backups.restore(name, {
    kind: 'session',
    id: 'x',
    name: 'administrator',
    address: '127.0.0.1',
    requestId: null,
  });
  while (backups.find(name).state === 'restoring') await new Promise(setImmediate);
  expect(backups.find(name).state).toBe('restore_ready');
  await api.clock.advance(5_000);
  expect(restarts).toBe(1);
  expect(bodiesOf(api.database)).toEqual(['before', 'after']);

  api.database.close();
  const kept = new PendingRestore(api.database.file).apply();
  const restored = Database.open(api.database.file);
  onTestFinished(() => restored.close());
  expect(bodiesOf(restored)).toEqual(['before']);
  expect(
    restored.prepare('SELECT revoked_at IS NOT NULL FROM keys WHERE key_id = ?').pluck().get(revoked),
  ).toBe(1);
  expect(restored.prepare('SELECT action, target, actor_kind FROM audit').all()).toContainEqual({
    action: 'backup.restore',
    target: name,
    actor_kind: 'session',
  });
  expect(kept).toBe(join(dataDir, 'backups', 'before-restore-20260608-133006.db'));
  const former = Database.open(String(kept));
  onTestFinished(() => former.close());
  expect(bodiesOf(former)).toEqual(['before', 'after']);
  expect(new PendingRestore(api.database.file).apply()).toBeUndefined();
});

test('who asked for no more texts after the backup was made gets none after its restore', async () => {
  const { api, make } = await administered();
  const backups = new BackupDesk({
    clock: api.clock,
    log: silentLog,
    database: api.database.file,
    keep: () => 10,
    restart: () => {},
  });
  onTestFinished(() => backups.stop());
  const lists = new NumberListStore(api.database);
  const optedOut = (number: string) =>
    lists.add('opted-out', { number, note: null, source: 'reply' }, api.clock.now());
  optedOut('+15557654321');
  const { name } = await make();
  optedOut('+15557654322');
  lists.add('blocked', { number: '+15557654323', note: null, source: 'person' }, api.clock.now());
  const actor = { kind: 'session', id: 'x', name: 'administrator', address: null, requestId: null } as const;
  await backups.restore(name, actor);
  while (backups.find(name).state === 'restoring') await new Promise(setImmediate);
  api.database.close();
  new PendingRestore(api.database.file).apply();
  const restored = Database.open(api.database.file);
  onTestFinished(() => restored.close());
  const after = new NumberListStore(restored);
  expect(after.page('opted-out', 10, 0).entries.map(({ number }) => number)).toEqual([
    '+15557654321',
    '+15557654322',
  ]);
  expect(after.page('blocked', 10, 0).total).toBe(0);
  expect(after.similar('opted-out', '+15557654322')).toEqual(['+15557654322']);
});

test('what is no sound backup of Postern is refused in words, and nothing is put in place', async () => {
  const { ask, settled, dataDir } = await administered();
  mkdirSync(join(dataDir, 'backups'));
  writeFileSync(join(dataDir, 'backups', 'holiday.db'), 'a photograph');
  const begun = await ask('/backups/holiday.db/restore', 'POST');
  expect(begun.status).toBe(202);
  expect(await settled('holiday.db')).toMatchObject({
    state: 'ready',
    error: expect.stringContaining('not a Postern database'),
  });
  expect(new PendingRestore(join(dataDir, 'postern.db')).isOrdered).toBe(false);
});

test.each(['..%2Fpostern.db', '.hidden.db', 'postern.db-wal', 'nothing.db', `${'a'.repeat(200)}.db`])(
  '%s names no backup',
  async (name) => {
    const { ask } = await administered();
    for (const [path, method] of [
      ['', 'GET'],
      ['', 'DELETE'],
      ['/file', 'GET'],
      ['/restore', 'POST'],
    ] as const) {
      expect((await ask(`/backups/${name}${path}`, method)).status).toBe(404);
    }
  },
);

test('on a disk without room nothing is begun, and it says how much is needed', async () => {
  const api = new RunningApi();
  const backups = new BackupDesk({
    clock: api.clock,
    log: silentLog,
    database: api.database.file,
    keep: () => 10,
    restart: undefined,
    freeBytes: async () => 1_000_000,
  });
  const { ask } = await administered({ backups });
  const refused = await ask('/backups', 'POST');
  expect([refused.status, refused.json.error.code]).toEqual([507, 'NO_SPACE']);
  expect(refused.json.error.message).toMatch(/^1 MB are free .* MB are needed/);
  expect((await ask('/backups')).json.data).toEqual([]);
});

test('a restart is told to whoever can start the gateway again', async () => {
  let restarts = 0;
  const { api, ask, actions } = await administered({ restart: () => restarts++ });
  expect((await ask('/restart', 'POST')).json.data).toEqual({ restarting: true });
  await api.clock.advance(1_000);
  expect(restarts).toBe(1);
  expect(await actions()).toEqual([['gateway.restart', null]]);
  const alone = await administered();
  expect((await alone.ask('/restart', 'POST')).json.data).toEqual({ restarting: false });
});

function bodiesOf(database: Database): unknown[] {
  return database.prepare('SELECT body FROM messages ORDER BY seq').pluck().all();
}

describe('a backup from elsewhere', () => {
  const put = (api: RunningApi, name: string, part: Buffer, query = '') =>
    api.ask(`/v1/backups/${name}/file${query}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${api.newKey(['admin'])}`,
        'content-type': 'application/vnd.sqlite3',
        'content-length': String(part.length),
      },
      body: part,
    });

  /** The octets of a backup, which is then deleted here. */
  async function downloaded() {
    const administration = await administered();
    const { api, ask, make, dataDir } = administration;
    storeMessage(api.database, { body: 'from elsewhere' });
    const { name } = await make();
    const octets = readFileSync(join(dataDir, 'backups', name));
    await ask(`/backups/${name}`, 'DELETE');
    return { ...administration, octets };
  }

  test('is taken whole, checked, listed and can be restored', async () => {
    const { api, ask, settled, actions, octets } = await downloaded();
    const taken = await put(api, 'old-box.db', octets);
    expect([taken.status, taken.json.data.state]).toEqual([202, 'making']);
    expect(await settled('old-box.db')).toMatchObject({ state: 'ready', size_bytes: octets.length });
    expect((await actions())[0]).toEqual(['backup.upload', 'old-box.db']);
    expect((await ask('/backups/old-box.db/restore', 'POST')).status).toBe(202);
    expect(await settled('old-box.db')).toMatchObject({ state: 'restore_ready', error: null });
  });

  test('is taken in parts that follow one another', async () => {
    const { api, settled, octets, dataDir } = await downloaded();
    const half = octets.length / 2; // it has whole pages
    const size = `&size=${octets.length}`;
    const first = await put(api, 'parts.db', octets.subarray(0, half), `?offset=0${size}`);
    expect([first.status, first.json.data.progress_percent]).toEqual([202, 50]);
    for (const [name, offset, why] of [
      ['parts.db', half + 1, `must be ${half}: parts follow one another`],
      ['other.db', half, 'must be 0: parts follow one another'],
    ] as const) {
      const refused = await put(api, name, octets.subarray(half + 1), `?offset=${offset}${size}`);
      expect([refused.status, refused.json.error.details]).toEqual([422, { offset: why }]);
    }
    expect((await put(api, 'parts.db', octets.subarray(half), `?offset=${half}${size}`)).status).toBe(202);
    expect(await settled('parts.db')).toMatchObject({ state: 'ready', size_bytes: octets.length });
    expect(readdirSync(join(dataDir, 'backups'))).toEqual(['parts.db']);
  });

  test('that is none, or damaged, is told of in words and not kept', async () => {
    const { api, settled, octets, dataDir } = await downloaded();
    const damaged = Buffer.concat([octets.subarray(0, 8_192), Buffer.alloc(octets.length - 8_192, 7)]);
    for (const [name, content] of [
      ['photo.db', Buffer.from('a photograph')],
      ['damaged.db', damaged],
    ] as const) {
      expect((await put(api, name, content)).status).toBe(202);
      expect(await settled(name)).toMatchObject({
        state: 'failed',
        error: expect.stringMatching(/^[\w-]+\.db is damaged or not a Postern database\./),
      });
      expect(readdirSync(join(dataDir, 'backups'))).toEqual([]);
    }
  });

  test.each([
    ['sub%2Fdir.db', 'name', /must be a name/],
    ['..%2Fpostern.db', 'name', /must be a name/],
    ['.hidden.db', 'name', /must be a name/],
    ['notes.txt', 'name', /must be a name/],
    ['a.db?size=2', 'size', /size of the whole file/],
    ['a.db?offset=-1', 'offset', /./],
  ])('called %s is refused, naming the field', async (target, field, why) => {
    const { api } = await administered();
    const [name = '', query] = target.split('?');
    const { status, json } = await put(api, name, Buffer.from('SQLite format 3'), query ? `?${query}` : '');
    expect([status, json.error.details[field]]).toEqual([422, expect.stringMatching(why)]);
  });

  test('does not take the place of one that is here, and needs its type', async () => {
    const { api, make } = await administered();
    const { name } = await make();
    expect((await put(api, name, Buffer.from('x'))).json.error.details.name).toMatch(/is taken/);
    const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
    const untyped = await api.ask('/v1/backups/b.db/file', {
      method: 'PUT',
      headers,
      body: Buffer.from('x'),
    });
    expect(untyped.status).toBe(415);
  });
});
