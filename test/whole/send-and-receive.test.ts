import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModemBench } from './bench-of-modems.ts';
import { RunningGateway, removeDataDir } from './running-gateway.ts';

const ours = '+15550100001';
const friend = '+15550177001';
const long = 'This sentence is long enough that four of it do not fit into a single text message. '
  .repeat(5)
  .trim();
const emoji = 'Family 👨‍👩‍👧‍👦 and flags 🇩🇪🇫🇷, again and again. '.repeat(6).trim();

let bench: ModemBench;
let gateway: RunningGateway;

beforeEach(async () => {
  bench = await ModemBench.open();
  const modem = bench.add(ours);
  await modem.plugIn('ttyUSB0');
  gateway = await RunningGateway.start(['--modem', `path=${modem.path('ttyUSB0')},number=${ours}`]);
  await gateway.online(ours);
});

afterEach(async () => {
  await gateway.stop();
  await bench.clear();
  await removeDataDir(gateway.dataDir);
});

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
    expect(bench.network.submissions.all).toMatchObject([
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
    const parts = [...bench.network.submissions.all];
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
    await Promise.all(ids.map((id) => gateway.reaches(id, 'delivered')));
    expect(bench.network.submissions.all.map(({ text }) => text)).toEqual(bodies);
  });
});

describe('a text comes in', () => {
  test('is readable over the API and gone from the modem', async () => {
    bench.network.deliver({ from: friend, to: ours, text: 'ok, see you @ 7 €' });
    await gateway.until('the text', async () => (await gateway.messages('direction=inbound')).length === 1);
    const [message] = await gateway.messages('direction=inbound');
    expect(message).toMatchObject({
      from: friend,
      to: ours,
      body: 'ok, see you @ 7 €',
      status: 'received',
      complete: true,
    });
    expect(message?.sent_at).not.toBeNull();
  });

  test.each([
    ['in order', undefined],
    ['backwards', 'backwards'],
    ['with every part doubled', 'doubled'],
  ])('long texts %s are joined to one', async (_, how) => {
    const count = 3;
    const places = Array.from({ length: count }, (_place, index) => index + 1);
    const order =
      how === 'backwards'
        ? places.toReversed()
        : how === 'doubled'
          ? places.flatMap((place) => [place, place])
          : places;
    bench.network.deliver({ from: 'Postern AG', to: ours, text: long, order });
    await gateway.until('the text', async () => (await gateway.messages('direction=inbound')).length > 0);
    await gateway.until('the store to be empty', () =>
      bench.network.sims.every((sim) => sim.number === ours),
    );
    const inbound = await gateway.messages('direction=inbound');
    expect(inbound).toHaveLength(1);
    expect(inbound[0]).toMatchObject({
      from: 'Postern AG',
      body: long,
      segment_count: count,
      complete: true,
    });
  });

  test('a missing part does not hold up the texts after it', async () => {
    bench.network.deliver({ from: friend, to: ours, text: long, order: [1, 3] });
    bench.network.deliver({ from: friend, to: ours, text: 'short and whole' });
    await gateway.until(
      'the whole one',
      async () => (await gateway.messages('direction=inbound')).length === 1,
    );
    expect((await gateway.messages('direction=inbound'))[0]?.body).toBe('short and whole');
  });

  test('a phone answers, and the answer is there', async () => {
    bench.network.addPhone(friend, 'echo');
    await gateway.send(ours, friend, 'ping 🏓');
    await gateway.until(
      'the answer',
      async () =>
        (await gateway.messages(`number=${encodeURIComponent(friend)}&direction=inbound`)).length === 1,
    );
    expect((await gateway.messages('direction=inbound'))[0]?.body).toBe('ping 🏓');
  });
});
