import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../src/contract/message.ts';
import type { Submission } from '../../src/emulator/index.ts';
import { ModemBench, type PluggedModem } from './bench-of-modems.ts';
import { RunningGateway, removeDataDir } from './running-gateway.ts';

const ours = '+15550100001';
const long = 'This sentence is long enough that four of it do not fit into a single text message. '
  .repeat(5)
  .trim();
const emoji = 'Family 👨‍👩‍👧‍👦 and flags 🇩🇪🇫🇷, again and again. '.repeat(6).trim();

let bench: ModemBench;
let modem: PluggedModem;
let gateway: RunningGateway;
let friends = 0;
let friend: string;

/** One gateway with one modem serves all tests; each writes to, and hears from, somebody of its own. */
beforeAll(async () => {
  bench = await ModemBench.open();
  modem = bench.add(ours);
  await modem.plugIn('ttyUSB0');
  gateway = await RunningGateway.start(['--modem', `path=${modem.path('ttyUSB0')},number=${ours}`]);
  await gateway.online(ours);
});

beforeEach(() => {
  friends += 1;
  friend = `+155501770${String(friends).padStart(2, '0')}`;
});

afterAll(async () => {
  await gateway?.stop();
  await bench?.clear();
  if (gateway) await removeDataDir(gateway.dataDir);
});

function submitted(): Submission[] {
  return bench.network.submissions.all.filter(({ to }) => to === friend);
}

/** What came in from somebody, newest first. */
function received(from: string): Promise<Message[]> {
  return gateway.messages(`direction=inbound&number=${encodeURIComponent(from)}`);
}

async function hasCome(from: string): Promise<boolean> {
  return (await received(from)).length > 0;
}

describe('a text goes out', () => {
  test('is accepted as dispatched, leaves once and comes back as delivered', async () => {
    const answer = await gateway.request('/v1/sms/send', {
      method: 'POST',
      body: JSON.stringify({ from: ours, to: friend, body: 'Your verification code is 482910' }),
    });
    expect(answer.status).toBe(202);
    const { message_id, status } = (answer.body as { data: { message_id: string; status: string } }).data;
    expect(status).toBe('dispatched');
    const message = await gateway.reaches(message_id, 'delivered');
    expect(message).toMatchObject({
      segment_count: 1,
      failure_reason: null,
      encoding: 'gsm7',
      direction: 'outbound',
    });
    expect(message.sent_at).not.toBeNull();
    expect(message.delivered_at).not.toBeNull();
    expect(submitted()).toMatchObject([
      { to: friend, text: 'Your verification code is 482910', reportWanted: true },
    ]);
  });

  test.each([
    ['a long text', long, 'gsm7'],
    ['emoji that may not be cut', emoji, 'ucs2'],
    ['the euro sign at a segment border', `${'x'.repeat(152)}€${'y'.repeat(10)}`, 'gsm7'],
  ])('%s arrives whole on the telephone', async (_, body, encoding) => {
    const id = await gateway.send(ours, friend, body);
    const message = await gateway.reaches(id, 'delivered');
    expect(message.encoding).toBe(encoding);
    const parts = submitted();
    expect(parts).toHaveLength(message.segment_count);
    expect(parts.map(({ concatenation }) => concatenation?.sequence)).toEqual(
      parts.map((_part, index) => index + 1),
    );
    expect(parts.map(({ text }) => text).join('')).toBe(body);
  });

  test('many texts leave in the order in which they were accepted, each once', async () => {
    const bodies = Array.from({ length: 60 }, (_, index) => `text ${index}`);
    const ids: string[] = [];
    for (const body of bodies) ids.push(await gateway.send(ours, friend, body));
    await gateway.allReach(ids, 'delivered');
    expect(submitted().map(({ text }) => text)).toEqual(bodies);
  });
});

describe('a text comes in', () => {
  const isCardEmpty = () => modem.sim.messages.used === 0;

  test('is readable over the API and gone from the modem', async () => {
    bench.network.deliver({ from: friend, to: ours, text: 'ok, see you @ 7 €' });
    await gateway.until('the text', () => hasCome(friend));
    await gateway.until('the card to be empty', isCardEmpty);
    const messages = await received(friend);
    expect(messages).toMatchObject([
      { from: friend, to: ours, body: 'ok, see you @ 7 €', status: 'received', complete: true },
    ]);
    expect(messages[0]?.sent_at).not.toBeNull();
  });

  test.each([
    ['in order', 'Postern AG', [1, 2, 3]],
    ['backwards', 'Backwards', [3, 2, 1]],
    ['with every part doubled', 'Doubled', [1, 1, 2, 2, 3, 3]],
  ])('long texts %s are joined to one', async (_, sender, order) => {
    bench.network.deliver({ from: sender, to: ours, text: long, order });
    await gateway.until('the text', () => hasCome(sender));
    await gateway.until('all of it to be read', () => bench.network.heldFor(ours) === 0 && isCardEmpty());
    const inbound = await received(sender);
    expect(inbound).toHaveLength(1);
    expect(inbound[0]).toMatchObject({ from: sender, body: long, segment_count: 3, complete: true });
  });

  test('a missing part does not hold up the texts after it', async () => {
    bench.network.deliver({ from: friend, to: ours, text: long, order: [1, 3] });
    bench.network.deliver({ from: friend, to: ours, text: 'short and whole' });
    await gateway.until('the whole one', () => hasCome(friend));
    expect((await received(friend)).map(({ body }) => body)).toEqual(['short and whole']);
  });

  test('a phone answers, and the answer is there', async () => {
    bench.network.addPhone(friend, 'echo');
    await gateway.send(ours, friend, 'ping 🏓');
    await gateway.until('the answer', () => hasCome(friend));
    expect((await received(friend)).map(({ body }) => body)).toEqual(['ping 🏓']);
  });
});
