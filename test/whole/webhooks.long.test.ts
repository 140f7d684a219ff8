import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectedSignature, type Received, startReceiver } from '../webhooks/receiver.ts';
import { makeKey } from './api-key.ts';
import { RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';

let dataDir: string;
let gateway: RunningGateway | undefined;

beforeEach(async () => {
  dataDir = await temporaryDataDir();
});

afterEach(async () => {
  await gateway?.kill();
  await removeDataDir(dataDir);
});

async function start(): Promise<RunningGateway> {
  gateway = await RunningGateway.start(['--emulate', '2'], { dataDir });
  return gateway;
}

async function hook(url: string, events: readonly string[]): Promise<{ id: string; secret: string }> {
  const response = await fetch(`${gateway?.url}/v1/webhooks`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${makeKey(dataDir, ['webhooks'])}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ url, label: 'Till', events }),
  });
  return ((await response.json()) as { data: { id: string; secret: string } }).data;
}

const typesOf = (received: readonly Received[]) => received.map(({ event }) => event.event_type);

test('a text that is sent, delivered and received is told to a webhook, signed and in order', async () => {
  const receiver = await startReceiver();
  const running = await start();
  const [from = '', to = ''] = (await running.numbers()).map(({ number }) => number);
  await running.online(from, to);
  const { secret } = await hook(receiver.url, ['sms.sent', 'sms.delivered', 'sms.received']);
  const id = await running.send(from, to, 'Hello');
  const received = await receiver.until(3);
  const ofSent = received.filter(({ event }) => event.data.message_id === id);
  expect(typesOf(ofSent)).toEqual(['sms.sent', 'sms.delivered']);
  expect(typesOf(received)).toContain('sms.received');
  for (const { headers, body } of received) {
    expect(headers['x-reachcell-signature']).toBe(expectedSignature(body, secret));
  }
});

test('an event that no receiver has taken survives the end of the program', async () => {
  const receiver = await startReceiver(() => {});
  const running = await start();
  const [from = '', to = ''] = (await running.numbers()).map(({ number }) => number);
  await running.online(from, to);
  await hook(receiver.url, ['sms.sent']);
  await running.send(from, to, 'Hello');
  const [first] = await receiver.until(1);
  await running.kill();
  receiver.respond = (response) => response.end();
  await start();
  const again = (await receiver.until(2))[1];
  expect(again?.event.event_id).toBe(first?.event.event_id);
});
