import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { overlaid } from '../../src/gateway/stored-network.ts';
import { NetworkStore } from '../../src/store/network-store.ts';
import { freePorts } from '../free-ports.ts';
import { SmppClient } from '../smpp/smpp-client.ts';
import { Administrator } from './administrator.ts';
import { awayNumber, builtProgramIsAsked, needsOwnProcess } from './running-api.ts';

async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('it shows what holds, who said so, and what can be changed here', async () => {
  const admin = await Administrator.of();
  const { data } = (await admin.ask('/network')).json;
  expect(data.host).toEqual({ value: '127.0.0.1', running: '127.0.0.1', source: 'flag', editable: false });
  expect(data.mail_domain).toEqual({
    value: 'texts.local',
    running: 'texts.local',
    source: 'variable',
    editable: false,
  });
  expect(data.smpp_port).toEqual({ value: null, running: null, source: 'default', editable: true });
  expect(data).toMatchObject({
    restart_needed: false,
    can_restart: builtProgramIsAsked,
    certificate_sha256: null,
  });
});

test('what an SMPP client takes back is written down with its key and address', async () => {
  const admin = await Administrator.of();
  const port = await freePort();
  await admin.ask('/network', 'PATCH', { smpp_port: port });
  const { id, key } = admin.api.keys.create({ name: 'Office', scopes: ['sms:send', 'sms:read'] });
  const client = new SmppClient(port);
  await client.bind('transmitter', id, key);
  const text = { source_addr: awayNumber.slice(1), destination_addr: '14155553000' };
  const { message_id } = await client.submit('Take it back', text);
  expect((await client.request('cancel_sm', { message_id })).command_status).toBe(0);
  expect((await client.request('cancel_sm', { message_id })).command_status).not.toBe(0);
  const { json } = await admin.ask('/audit?action=message.cancel');
  expect(json.data).toMatchObject([
    {
      target: message_id,
      actor: { kind: 'key', id, name: 'Office', address: '127.0.0.1' },
      request_id: null,
    },
  ]);
});

test('SMPP is opened, moved and closed while the gateway serves', async () => {
  const admin = await Administrator.of();
  const [first, second] = [await freePort(), await freePort()];
  const opened = await admin.ask('/network', 'PATCH', { smpp_port: first });
  expect(opened.json.data.smpp_port).toEqual({
    value: first,
    running: first,
    source: 'stored',
    editable: true,
  });
  expect(opened.json.data.restart_needed).toBe(false);
  expect(await answers(first)).toBe(true);
  await admin.ask('/network', 'PATCH', { smpp_port: second, smpp_any_sender: true });
  expect([await answers(first), await answers(second)]).toEqual([false, true]);
  await admin.ask('/network', 'PATCH', { smpp_port: null });
  expect(await answers(second)).toBe(false);
  expect(await admin.actions()).toEqual(Array(3).fill(['network.change', null]));
});

test('a port that is taken is refused in words, and all stays as it was', async () => {
  const admin = await Administrator.of();
  const [good, taken] = [await freePort(), await takenPort()];
  await admin.ask('/network', 'PATCH', { mail_port: good });
  const refused = await admin.ask('/network', 'PATCH', { mail_port: taken });
  expect([refused.status, refused.json.error.details.mail_port]).toEqual([
    422,
    expect.stringContaining('is taken by another program'),
  ]);
  expect(await answers(good)).toBe(true);
  expect((await admin.ask('/network')).json.data.mail_port).toMatchObject({ value: good, running: good });
});

test('the port of the API is not moved to one that is taken', async () => {
  needsOwnProcess('a port that no flag names');
  const admin = await Administrator.of();
  const taken = await takenPort();
  const port = await admin.ask('/network', 'PATCH', { port: taken });
  expect(port.json.error.details.port).toMatch(/is taken by another program/);
});

test('address, port and names hold from the next start on, and it says so', async () => {
  needsOwnProcess('a port that no flag names');
  const admin = await Administrator.of();
  const port = await freePort();
  const { data } = (await admin.ask('/network', 'PATCH', { port, allow_hosts: ['sms.office'] })).json;
  expect(data.port).toMatchObject({ value: port, running: admin.api.config.port, source: 'stored' });
  expect(data.restart_needed).toBe(true);
  const { config, database } = admin.api;
  const next = overlaid(config, new NetworkStore(database).all());
  expect([next.host, next.port, next.allowHosts]).toEqual(['127.0.0.1', port, ['sms.office']]);
});

test.each([
  [{ host: '0.0.0.0' }, 'host', /said by a flag/],
  [{ mail_domain: 'x.local' }, 'mail_domain', /said by a variable/],
  [{ port: 0 }, 'port', /at least 1/],
  [{ smpp_host: 'not a host' }, 'smpp_host', /must be an address/],
  [{ allow_hosts: ['a b'] }, 'allow_hosts.0', /must be a name/],
  [{ nothing: 1 }, 'nothing', /is not a field/],
])('%j is refused, naming the field', async (body, field, why) => {
  const admin = await Administrator.of();
  const refused = await admin.ask('/network', 'PATCH', body);
  expect([refused.status, refused.json.error.code]).toEqual([422, 'VALIDATION_ERROR']);
  expect(refused.json.error.details[field]).toMatch(why);
  expect(await admin.actions()).toEqual([]);
});
