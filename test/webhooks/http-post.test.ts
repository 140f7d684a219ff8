import { expect, onTestFinished, test } from 'vitest';
import { addressFault } from '../../src/webhooks/address-rule.ts';
import { HttpPost, type Resolve } from '../../src/webhooks/http-post.ts';
import { startPort, startReceiver } from './receiver.ts';

function postTo(...answers: string[][]) {
  const asked: string[] = [];
  const resolve: Resolve = async (name) => {
    asked.push(name);
    const addresses = answers.length > 1 ? answers.shift() : answers[0];
    return (addresses ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  const post = new HttpPost(resolve);
  onTestFinished(() => post.close());
  const body = Buffer.from('{}');
  const headers = { 'Content-Length': '2' };
  return {
    asked,
    post: (url: string) => post.post(new URL(url), body, headers, new AbortController().signal),
  };
}

test('a name is judged by what it leads to, when the connection is made', async () => {
  const receiver = await startReceiver();
  const url = receiver.url.replace('127.0.0.1', 'till.example');
  const near = postTo(['127.0.0.1']);
  expect(await near.post(url)).toMatchObject({ status: 200, error: undefined });
  expect(near.asked).toEqual(['till.example']);
  for (const address of ['169.254.169.254', '8.8.8.8', 'fe80::1', '0.0.0.0']) {
    const far = await postTo([address]).post(url);
    expect([far.status, far.error]).toEqual([undefined, expect.stringContaining(address)]);
  }
  expect(receiver.received).toHaveLength(1);
});

test('a name that leads to a forbidden address beside others is not used at all', async () => {
  const receiver = await startReceiver();
  const url = receiver.url.replace('127.0.0.1', 'till.example');
  expect((await postTo(['127.0.0.1', '169.254.169.254']).post(url)).status).toBeUndefined();
  expect(receiver.received).toEqual([]);
});

test('a name that leads elsewhere later is judged anew', async () => {
  const receiver = await startReceiver((response) => response.setHeader('Connection', 'close').end());
  const url = receiver.url.replace('127.0.0.1', 'till.example');
  const { post } = postTo(['127.0.0.1'], ['169.254.169.254']);
  expect((await post(url)).status).toBe(200);
  expect((await post(url)).error).toContain('169.254.169.254');
  expect(receiver.received).toHaveLength(1);
});

test('a receiver that would speak another protocol ends the request all the same', async () => {
  const answer = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const url = await startPort((socket) => socket.once('data', () => socket.write(answer)));
  const { status, error } = await postTo(['127.0.0.1']).post(url);
  expect([status, error]).toEqual([undefined, expect.stringContaining('another protocol')]);
});

test.each([
  ['127.0.0.1', 'http:', true],
  ['10.0.0.1', 'http:', true],
  ['172.31.255.255', 'http:', true],
  ['172.32.0.1', 'http:', false],
  ['192.168.0.1', 'http:', true],
  ['100.64.0.1', 'http:', true],
  ['::1', 'http:', true],
  ['fd12::1', 'http:', true],
  ['::ffff:10.0.0.1', 'http:', true],
  ['::ffff:a00:1', 'http:', true],
  ['8.8.8.8', 'http:', false],
  ['2001:4860:4860::8888', 'http:', false],
  ['8.8.8.8', 'https:', true],
  ['2001:4860:4860::8888', 'https:', true],
  ['192.168.0.1', 'https:', true],
  ['169.254.169.254', 'https:', false],
  ['::ffff:169.254.169.254', 'https:', false],
  ['::ffff:a9fe:a9fe', 'https:', false],
  ['64:ff9b::a9fe:a9fe', 'https:', false],
  ['2002:a9fe:a9fe::1', 'https:', false],
  ['fe80::1%eth0', 'https:', false],
  ['fd00:ec2::254', 'http:', false],
  ['100.100.100.200', 'http:', false],
  ['224.0.0.1', 'https:', false],
  ['255.255.255.255', 'https:', false],
  ['0.0.0.0', 'http:', false],
  ['::', 'http:', false],
  ['name', 'https:', false],
])('%s may be sent to by %s: %s', (address, protocol, may) => {
  expect(addressFault(address, protocol) === undefined).toBe(may);
});
