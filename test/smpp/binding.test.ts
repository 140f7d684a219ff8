import { once } from 'node:events';
import { Server } from 'node:net';
import { describe, expect, it, test, vi } from 'vitest';
import { commandStatus } from '../../src/smpp/command-status.ts';
import { SmppPasswordStore } from '../../src/store/smpp-password-store.ts';
import { SmppBench } from './smpp-bench.ts';

const ok = 0;
const invalidBindStatus = 0x04;
const alreadyBound = 0x05;
const bindFailed = 0x0d;
const invalidPassword = 0x0e;

describe('binding', () => {
  it.each(['transmitter', 'receiver', 'transceiver'])('takes a bind as %s with an API key', async (mode) => {
    const bench = await SmppBench.open();
    const answer = await bench.connect().bind(mode, bench.keyId, bench.key);
    expect(answer.command_status).toBe(ok);
    expect(answer.system_id).toBe('Postern');
    const byName = await bench.connect().bind(mode, 'office', bench.key);
    expect(byName.command_status).toBe(ok);
  });

  it('takes the eight characters of an SMPP password, and only those of the newest', async () => {
    const bench = await SmppBench.open();
    const passwords = new SmppPasswordStore(bench.gateway.table.database);
    const old = await passwords.create(bench.keyId);
    const password = await passwords.create(bench.keyId);
    expect(password).toHaveLength(8);
    expect((await bench.connect().bind('transceiver', 'office', password)).command_status).toBe(ok);
    expect((await bench.connect().bind('transceiver', 'office', old)).command_status).toBe(invalidPassword);
  });

  it('refuses wrong credentials and ends the connection', async () => {
    const bench = await SmppBench.open();
    const client = bench.connect();
    expect((await client.bind('transceiver', 'somebody', bench.key)).command_status).toBe(invalidPassword);
    await once(client.socket, 'close');
    expect((await bench.connect().bind('receiver', 'office', 'wrong')).command_status).toBe(invalidPassword);
  });

  it('looks at no more passwords after ten wrong ones within a minute', async () => {
    const bench = await SmppBench.open();
    for (let tries = 0; tries < 10; tries++) await bench.connect().bind('receiver', 'office', 'wrong');
    expect((await bench.connect().bind('receiver', 'office', bench.key)).command_status).toBe(
      invalidPassword,
    );
    await bench.clock.advance(60_000);
    expect((await bench.connect().bind('receiver', 'office', bench.key)).command_status).toBe(ok);
  });

  it('refuses a bind that the scopes of the key do not cover', async () => {
    const bench = await SmppBench.open();
    const { id, key } = bench.newKey(['sms:send']);
    expect((await bench.connect().bind('transmitter', id, key)).command_status).toBe(ok);
    expect((await bench.connect().bind('receiver', id, key)).command_status).toBe(bindFailed);
    expect((await bench.connect().bind('transceiver', id, key)).command_status).toBe(bindFailed);
  });

  it('refuses a second bind, and texts before the first or from a receiver', async () => {
    const bench = await SmppBench.open();
    const client = bench.connect();
    expect((await client.submit('Too early')).command_status).toBe(invalidBindStatus);
    await client.bind('receiver', bench.keyId, bench.key);
    expect((await client.bind('receiver', bench.keyId, bench.key)).command_status).toBe(alreadyBound);
    expect((await client.submit('From a receiver')).command_status).toBe(invalidBindStatus);
  });

  it('takes no more texts once the key is revoked', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    bench.keys.revoke(bench.keyId);
    expect((await client.submit('Revoked')).command_status).toBe(invalidBindStatus);
  });

  it('is not undone by a time in which the keys cannot be read', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    const { database } = bench.gateway.table;
    database.prepare('ALTER TABLE keys RENAME TO keys_out_of_reach').run();
    const answer = await client.request('query_sm', { message_id: 'any' });
    expect(answer.command_status).toBe(commandStatus.systemError);
    await bench.clock.advance(60_000);
    database.prepare('ALTER TABLE keys_out_of_reach RENAME TO keys').run();
    expect((await client.submit('Still here')).command_status).toBe(ok);
  });

  it('tells its client to unbind only when all it has taken is answered', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    for (let n = 0; n < 50; n++) void client.submit(`Text ${n}`);
    await bench.until('the first is in hand', () => client.heard.length > 1);
    const stopped = bench.server.stop();
    await bench.until('the end', () => client.closed);
    await stopped;
    const { heard } = client;
    expect(heard.filter((command) => command === 'unbind')).toHaveLength(1);
    expect(heard.indexOf('unbind')).toBeGreaterThan(heard.lastIndexOf('submit_sm_resp'));
    const { count } = bench.gateway.table.database
      .prepare<[], { count: number }>('SELECT count(*) AS count FROM messages')
      .get() ?? { count: 0 };
    expect(heard.filter((command) => command === 'submit_sm_resp')).toHaveLength(count);
  });

  it('answers the goodbye of a client only when all that it brought before is answered', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    const texts = [1, 2, 3].map((n) => client.submit(`Before the goodbye ${n}`));
    const goodbye = client.request('unbind');
    const answers = await Promise.all([...texts, goodbye]);
    expect(answers.map(({ command_status }) => command_status)).toEqual([0, 0, 0, 0]);
    expect(client.heard.at(-1)).toBe('unbind_resp');
    await bench.until('the end', () => client.closed, 1_000);
  });

  it('answers unbind and ends the connection', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    expect((await client.request('unbind')).command).toBe('unbind_resp');
    await once(client.socket, 'close');
  });
});

test('a connection that the system does not hand over ends nothing else', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  const bench = await SmppBench.open();
  const server = listen.mock.contexts.at(-1) as Server;
  listen.mockRestore();
  server.emit('error', Object.assign(new Error('accept ENOBUFS'), { code: 'ENOBUFS' }));
  expect((await (await bench.bound()).request('enquire_link')).command_status).toBe(ok);
});

describe('a connection that is idle', () => {
  it('ends where nobody binds', async () => {
    const bench = await SmppBench.open();
    const client = bench.connect();
    expect((await client.request('enquire_link')).command).toBe('enquire_link_resp');
    await bench.until('the end', () => client.closed);
  });

  it('is asked whether it is still there, and stays as long as it answers', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    for (let minutes = 0; minutes < 5; minutes++) {
      await bench.clock.advance(60_000);
      expect((await client.request('enquire_link')).command_status).toBe(ok);
    }
    client.lively = false;
    await bench.until('the end', () => client.closed);
    expect(client.others.map(({ command }) => command)).toContain('enquire_link');
  });
});
