import { describe, expect, it } from 'vitest';
import { encodeDeliver, type NationalLanguage } from '../../src/gsm/pdu/index.ts';
import { MessageStory } from '../../src/store/message-story.ts';
import type { ManualClock } from '../manual-clock.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

const hour = 3_600_000;
const day = 24 * hour;

interface Piece {
  readonly seq: number;
  readonly text: string;
  readonly ref?: number;
  readonly total?: number;
  readonly from?: string;
  readonly scts?: string;
  readonly bits?: 8 | 16;
  readonly national?: NationalLanguage;
}

/** A bench with a known SIM and no modem, to which a test hands parts, each at a place of its own. */
async function desk() {
  const bench = new GatewayBench();
  const sim = bench.table.sims.findOrCreate(
    { iccid: '8900100000155500019', imsi: undefined, modemId: 'm' },
    0,
  );
  bench.table.sims.setNumber(sim.simId, ours, 'person');
  let index = 0;
  const take = (piece: Piece, imported = false) => {
    const { seq, text, ref = 7, total = 3, from = friend, scts = '2026-06-08T13:30:00Z', bits = 8 } = piece;
    const { national } = piece;
    const { pdu, tpduLength } = encodeDeliver({
      from,
      smsc: '+15550000000',
      scts,
      text,
      concat: { ref, total, seq, bits },
      national,
    });
    index++;
    bench.inbox.take({
      simId: sim.simId,
      storage: 'SM',
      index,
      pdu,
      tpduLength,
      occupied: undefined,
      imported,
    });
    bench.inbox.deleted({ simId: sim.simId, storage: 'SM', index });
  };
  const takeAll = (pieces: readonly Piece[]) => {
    for (const piece of pieces) take(piece);
  };
  return { bench, take, takeAll, clock: bench.clock };
}

/** So much later, and ten minutes, in which everything that is due is looked at. */
async function later(clock: ManualClock, ms: number): Promise<void> {
  clock.shift(ms);
  await clock.advance(600_000);
}

const one = { seq: 1, text: 'one ' };
const two = { seq: 2, text: 'two ' };
const three = { seq: 3, text: 'three' };
const whole = 'one two three';

const shown = (bench: GatewayBench) => bench.received().map(({ body, complete }) => [body, complete]);
const told = (bench: GatewayBench) => bench.told.map(({ data }) => data.body);

describe('the story of a text that came in', () => {
  it('tells when each part came, in that order, and which never did', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([three]);
    await clock.advance(60_000);
    takeAll([one, one]);
    await later(clock, day);
    const [{ message_id: id } = { message_id: '' }] = bench.received();
    const story = new MessageStory(bench.table.database).of(id);
    expect(story?.events.map(({ at, entry, part }) => [at, entry, part])).toEqual([
      ['2026-06-08T13:30:06Z', 'received', 3],
      ['2026-06-08T13:31:06Z', 'received', 1],
    ]);
    expect(
      story?.parts.map(({ part, state, reference, received_at: at }) => [part, state, reference, at]),
    ).toEqual([
      [1, 'received', 7, '2026-06-08T13:31:06Z'],
      [2, 'missing', null, null],
      [3, 'received', 7, '2026-06-08T13:30:06Z'],
    ]);
  });

  it('of one part says that it came', async () => {
    const { bench, take } = await desk();
    take({ seq: 1, total: 1, text: 'Hello' }, true);
    const [{ message_id: id } = { message_id: '' }] = bench.received();
    const story = new MessageStory(bench.table.database).of(id);
    expect(story?.events).toMatchObject([
      { entry: 'received', part: 1, detail: expect.stringContaining('SIM') },
    ]);
    expect(story?.parts).toMatchObject([{ part: 1, state: 'received', attempts: [] }]);
  });
});

describe('a long text', () => {
  it.each([
    ['in order', [one, two, three]],
    ['last part first', [three, two, one]],
    ['mixed', [two, three, one]],
    ['with a part twice', [one, two, two, three]],
    ['with all of it twice', [one, two, three, one, two, three]],
    ['with its last part twice', [one, two, three, three]],
  ])('%s is one text, told once', async (_, pieces) => {
    const { bench, takeAll } = await desk();
    takeAll(pieces);
    expect(shown(bench)).toEqual([[whole, true]]);
    expect(told(bench)).toEqual([whole]);
    expect(bench.received()).toMatchObject([
      { segment_count: 3, from: friend, to: ours, sent_at: '2026-06-08T13:30:00Z' },
    ]);
  });

  it('is shown to nobody while a part is missing', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, three]);
    await later(clock, 23 * hour);
    expect(bench.received()).toEqual([]);
  });

  it('whose characters are cut between its parts is whole', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    const text = `${'x'.repeat(152)}€ ${'👋🏽 привет '.repeat(30)}`;
    network.deliver({ from: friend, to: ours, text, order: [3, 1, 2, 1, 5, 4, 6, 7, 8] });
    await until(bench.clock, 'the text', () => bench.received().length === 1, 10_000);
    expect(bench.received()).toMatchObject([{ body: text, complete: true, encoding: 'ucs2' }]);
    await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 10_000);
  });

  it('in a national alphabet is read by it', async () => {
    const { bench, takeAll } = await desk();
    const turkish = { locking: 1, single: 1 };
    takeAll([
      { ...one, text: 'şık ', national: turkish },
      { ...two, text: 'yağmur ', national: { locking: 0, single: 1 } },
      { ...three, text: 'İzmir €', national: turkish },
    ]);
    expect(shown(bench)).toEqual([['şık yağmur İzmir €', true]]);
  });

  it('of which the parts come before and after a power cut is whole', async () => {
    const { bench, network } = await GatewayBench.ready();
    const text = 'y'.repeat(400);
    const [first = '', second = '', third = ''] = network.deliver({
      from: friend,
      to: ours,
      text,
      order: [1, 2, 3],
    });
    await until(bench.clock, 'the text', () => bench.received().length === 1, 10_000);
    network.deliver({ from: friend, to: ours, pdus: [first, second].map(another) });
    await bench.clock.advance(5_000);
    await bench.crash();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    network.deliver({ from: friend, to: ours, pdus: [another(third)] });
    await until(bench.clock, 'the text', () => bench.received().length === 2, 10_000);
    expect(bench.received().map(({ body }) => body)).toEqual([text, text]);
  });

  it('that came in parts to a SIM that is new here is imported, and told to nobody', async () => {
    const { bench, take } = await desk();
    for (const piece of [one, two, three]) take(piece, true);
    expect(shown(bench)).toEqual([[whole, true]]);
    expect(bench.told).toEqual([]);
  });
});

/** The same part of another text: its concatenation reference, the fourth octet of the header, is another. */
function another(pdu: string): string {
  const header = /050003(..)/.exec(pdu);
  const reference = Number.parseInt(header?.[1] ?? '0', 16);
  return pdu.replace(
    /050003../,
    `050003${((reference + 1) % 256).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

describe('parts', () => {
  it.each<[string, Partial<Piece>]>([
    ['another reference', { ref: 8 }],
    ['another sender', { from: '+15557000002' }],
    ['another number of parts', { total: 2 }],
    ['a longer reference', { bits: 16 }],
  ])('with %s are of another text', async (_, difference) => {
    const { bench, takeAll } = await desk();
    takeAll([one, { ...two, ...difference }, three]);
    expect(bench.received()).toEqual([]);
    takeAll([two]);
    expect(shown(bench)).toEqual([[whole, true]]);
  });

  it('of two texts of one reference, one after the other, are two texts', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, two, three]);
    await clock.advance(hour);
    const later = { scts: '2026-06-08T14:30:00Z' };
    takeAll([
      { ...one, ...later, text: 'eins ' },
      { ...two, ...later, text: 'zwei ' },
      { ...three, ...later, text: 'drei' },
    ]);
    expect(shown(bench)).toEqual([
      [whole, true],
      ['eins zwei drei', true],
    ]);
  });

  it.each([
    ['in order', [1, 2, 3]],
    ['last part first', [3, 2, 1]],
    ['the new words first', [2, 3, 1]],
    ['the new words last', [3, 1, 2]],
  ])(
    'of a text that shares a reference and words with one of a minute ago are a text of its own, %s',
    async (_, order) => {
      const { bench, takeAll, clock } = await desk();
      takeAll([one, two, three]);
      await clock.advance(60_000);
      const text = ['one ', 'zwei ', 'three'];
      takeAll(order.map((seq) => ({ seq, text: text[seq - 1] ?? '', scts: '2026-06-08T13:31:00Z' })));
      expect(shown(bench)).toEqual([
        [whole, true],
        ['one zwei three', true],
      ]);
      takeAll([{ ...two, scts: '2026-06-08T13:32:00Z' }]);
      takeAll([{ ...one, scts: '2026-06-08T13:32:00Z' }]);
      expect(shown(bench), 'repeats of parts that nobody waits for').toHaveLength(2);
    },
  );

  it('of two texts of one reference that come mixed are told apart by the time at which they were sent', async () => {
    const { bench, takeAll } = await desk();
    const younger = { scts: '2026-06-08T13:31:00Z' };
    const [eins, zwei, drei] = ['eins ', 'zwei ', 'drei'].map((text, at) => ({
      seq: at + 1,
      text,
      ...younger,
    }));
    takeAll([one, eins, two, zwei, drei, three].flatMap((piece) => piece ?? []));
    expect(shown(bench)).toEqual([
      ['eins zwei drei', true],
      [whole, true],
    ]);
  });

  it('of the same words, an hour later, are a text of its own', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, two, three]);
    await clock.advance(hour);
    const later = { scts: '2026-06-08T14:30:00Z' };
    takeAll([one, two, three].map((piece) => ({ ...piece, ...later })));
    expect(shown(bench)).toEqual([
      [whole, true],
      [whole, true],
    ]);
  });
});

describe('a long text of which a part never comes', () => {
  it.each([
    ['the first', [two, three], '[…]two three'],
    ['the middle', [one, three], 'one […]three'],
    ['the last', [one, two], 'one two […]'],
    ['all but one', [two], '[…]two […]'],
  ])('(%s) is handed over after a day, with a mark', async (_, pieces, expected) => {
    const { bench, takeAll, clock } = await desk();
    takeAll(pieces);
    await later(clock, day);
    expect(shown(bench)).toEqual([[expected, false]]);
    expect(told(bench)).toEqual([expected]);
    expect(bench.received()).toMatchObject([{ segment_count: 3 }]);
  });

  it('is mended when it comes within seven days, under the same id, and told again', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, three]);
    await later(clock, day);
    const [before] = bench.received();
    await later(clock, 5 * day);
    takeAll([two]);
    expect(shown(bench)).toEqual([[whole, true]]);
    expect(bench.received()[0]?.message_id).toBe(before?.message_id);
    expect(told(bench)).toEqual(['one […]three', whole]);
    expect(new Set(bench.told.map(({ data }) => data.message_id)).size).toBe(1);
  });

  it('is mended part by part', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([two]);
    await later(clock, day);
    takeAll([three]);
    expect(shown(bench)).toEqual([['[…]two three', false]]);
    takeAll([one]);
    expect(shown(bench)).toEqual([[whole, true]]);
    expect(told(bench)).toEqual(['[…]two […]', '[…]two three', whole]);
  });

  it('is mended after a restart', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, three]);
    await later(clock, day);
    await bench.crash();
    takeAll([two]);
    expect(shown(bench)).toEqual([[whole, true]]);
  });

  it('is handed over after a restart', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, three]);
    await later(clock, 23 * hour);
    await bench.crash();
    await later(clock, hour);
    expect(shown(bench)).toEqual([['one […]three', false]]);
  });

  it('is not mended after seven days: the part is handed over by itself', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, three]);
    await later(clock, day);
    await later(clock, 7 * day);
    takeAll([two]);
    await later(clock, day);
    expect(shown(bench)).toEqual([
      ['one […]three', false],
      ['[…]two […]', false],
    ]);
  });

  it('does not lend its parts to the next text of its reference', async () => {
    const { bench, takeAll, clock } = await desk();
    takeAll([one, three]);
    await later(clock, day);
    await later(clock, day);
    const younger = { scts: '2026-06-10T13:30:00Z' };
    takeAll([
      { ...one, ...younger, text: 'eins ' },
      { ...three, ...younger, text: 'drei' },
      { ...two, ...younger, text: 'zwei ' },
    ]);
    expect(shown(bench)).toContainEqual(['eins zwei drei', true]);
    expect(shown(bench)).toContainEqual(['one […]three', false]);
  });
});

it('a disk that is full when a text is due to be handed over ends nothing: it is handed over later', async () => {
  const { bench, takeAll, clock } = await desk();
  takeAll([one, three]);
  const { database } = bench.table;
  database
    .prepare("CREATE TEMP TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(FAIL, 'full'); END")
    .run();
  await later(clock, day);
  database.prepare('DROP TRIGGER full').run();
  await later(clock, hour);
  expect(shown(bench)).toEqual([['one […]three', false]]);
});
