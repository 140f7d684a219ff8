import { describe, expect, it } from 'vitest';
import { immediate, type PlannedRefusal, type Profile, profiles } from '../../src/emulator/index.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, losesNextResult, ours, port } from './gateway-bench.ts';

const other = '+15557000002';
const noAnswer: PlannedRefusal = {
  command: '+CMGS',
  result: { kind: 'cms', code: 332 },
  times: 1,
  at: 'taken',
};

/** A bench on a network whose phones report nothing, so that only what the test does is evidence. */
async function quiet(...refusals: PlannedRefusal[]) {
  const ready = await GatewayBench.ready();
  for (const number of [friend, other]) ready.network.addPhone(number, { reports: [] });
  ready.modem.faults.refusals = refusals;
  return ready;
}

const isAmbiguous = (bench: GatewayBench, id: string) =>
  bench.segmentsOf(id).some(({ state }) => state === 'ambiguous');

/** Sends a text and waits until nobody knows whether it was sent. */
async function undecided(
  bench: GatewayBench,
  request: Parameters<GatewayBench['send']>[0] = {},
): Promise<string> {
  const id = await bench.send(request);
  await until(bench.clock, 'unknown fate', () => isAmbiguous(bench, id), 130_000);
  expect(bench.status(id)).toBe('dispatched');
  return id;
}

describe('a text may have been sent when', () => {
  const cms = (code: number) => ({ kind: 'cms', code }) as const;
  const late = { delayMs: 20_500, at: 'taken' } as const;

  it.each<[string, PlannedRefusal]>([
    ['the network did not answer in time (332)', noAnswer],
    ['an error 38 comes late', { command: '+CMGS', result: cms(38), times: 1, ...late }],
    ['an error 500 comes late', { command: '+CMGS', result: cms(500), times: 1, ...late }],
    ['a bare ERROR comes late', { command: '+CMGS', result: { kind: 'error' }, times: 1, ...late }],
  ])('%s: it waits, fails, and is not sent again', async (_, refusal) => {
    const { bench, network } = await quiet(refusal);
    const id = await undecided(bench);
    await bench.clock.advance(59_000);
    expect(bench.status(id)).toBe('dispatched');
    const { failure_reason } = await bench.reaches(id, 'failed: ambiguous_submit', 2_000);
    expect(failure_reason).toContain('not sent again on a guess');
    await bench.clock.advance(4 * 3_600_000);
    expect(network.submissions.count).toBe(1);
    expect(bench.toldOf(id)).toEqual(['sms.failed']);
  });

  it('the modem never says what became of it', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.loseNextSendResults = 1;
    const id = await bench.send();
    await bench.clock.advance(119_000);
    expect(bench.story(id)).toEqual(['accepted', 'submitting 1']);
    await until(bench.clock, 'unknown fate', () => isAmbiguous(bench, id), 2_000);
    await bench.reaches(id, 'failed: ambiguous_submit', 61_000);
    expect(network.submissions.count).toBe(1);
  });

  it('the modem is unplugged', async () => {
    const { bench, modem, network } = await quiet();
    const id = await bench.send();
    await bench.clock.advance(100);
    bench.table.unplug(port);
    await bench.clock.advance(100);
    expect(isAmbiguous(bench, id)).toBe(true);
    expect(bench.status(id)).toBe('dispatched');
    bench.table.plug(port, modem);
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
    expect(network.submissions.count).toBe(1);
  });

  it('the modem starts anew', async () => {
    const { bench, modem } = await quiet();
    const id = await bench.send();
    await bench.clock.advance(100);
    modem.reboot();
    modem.unsolicited('RDY');
    await bench.clock.advance(100);
    expect(isAmbiguous(bench, id)).toBe(true);
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
  });

  it('the power is cut', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.loseNextSendResults = 1;
    const id = await bench.send();
    await bench.clock.advance(100);
    await bench.crash();
    bench.table.serve(port);
    expect(isAmbiguous(bench, id)).toBe(true);
    expect(bench.status(id)).toBe('dispatched');
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
    expect(network.submissions.count).toBe(1);
  });

  it('the program ends while it waits for evidence: it waits its full time again', async () => {
    const { bench } = await quiet(noAnswer);
    const id = await undecided(bench);
    await bench.clock.advance(50_000);
    await bench.restart();
    await bench.clock.advance(55_000);
    expect(bench.status(id)).toBe('dispatched');
    await bench.reaches(id, 'failed: ambiguous_submit', 10_000);
  });
});

describe('a text was surely not sent when', () => {
  it('the power is cut before the prompt: it is sent after the start', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.promptDelayMs = 5_000;
    const id = await bench.send();
    await bench.clock.advance(1_000);
    await bench.crash();
    modem.faults.promptDelayMs = 0;
    bench.table.serve(port);
    await bench.reaches(id, 'sent');
    expect(network.submissions.count).toBe(1);
  });

  it('the modem is unplugged before the prompt', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.promptDelayMs = 5_000;
    const id = await bench.send();
    await bench.clock.advance(1_000);
    bench.table.unplug(port);
    modem.faults.promptDelayMs = 0;
    await bench.clock.advance(1_000);
    expect(bench.status(id)).toBe('queued');
    bench.table.plug(port, modem);
    await bench.reaches(id, 'sent');
    expect(network.submissions.count).toBe(1);
  });

  it('the disk did not take that it is being handed over', async () => {
    const { bench, network } = await quiet();
    const { database } = bench.table;
    database
      .prepare(
        "CREATE TEMP TRIGGER full BEFORE UPDATE OF state ON segments BEGIN SELECT RAISE(FAIL, 'full'); END",
      )
      .run();
    const id = await bench.send();
    await bench.clock.advance(30_000);
    expect(network.submissions.count).toBe(0);
    expect(bench.status(id)).toBe('dispatched');
    database.prepare('DROP TRIGGER full').run();
    await bench.reaches(id, 'sent');
    expect(network.submissions.count).toBe(1);
  });
});

it('a result that the disk did not take is written down as soon as it does, and nothing is sent before', async () => {
  const { bench, network } = await quiet();
  const { database } = bench.table;
  const id = await bench.send();
  const next = await bench.send({ to: other });
  database
    .prepare(
      "CREATE TEMP TRIGGER full BEFORE UPDATE OF accepted_at ON segments BEGIN SELECT RAISE(FAIL, 'full'); END",
    )
    .run();
  await bench.clock.advance(60_000);
  expect(network.submissions.count).toBe(1);
  expect(bench.status(id)).toBe('dispatched');
  database.prepare('DROP TRIGGER full').run();
  await bench.reaches(id, 'sent', 10_000);
  await bench.reaches(next, 'sent', 10_000);
  expect(bench.segmentsOf(id)).toMatchObject([{ state: 'accepted', reference: 1 }]);
  expect(network.submissions.count).toBe(2);
});

it('a result that the disk did not take before the SIM went away is not waited for, for ever', async () => {
  const { bench, modem, clock } = await quiet();
  const { database } = bench.table;
  database
    .prepare(
      "CREATE TEMP TRIGGER full BEFORE UPDATE OF accepted_at ON segments BEGIN SELECT RAISE(FAIL, 'full'); END",
    )
    .run();
  const id = await bench.send();
  const sentAt = clock.now();
  await clock.advance(30_000);
  bench.table.unplug(port);
  await clock.advance(30_000);
  database.prepare('DROP TRIGGER full').run();
  expect(bench.status(id)).toBe('dispatched');
  await until(clock, 'unknown fate', () => isAmbiguous(bench, id), 700_000);
  bench.table.plug(port, modem);
  await bench.table.reaches(port, 'ready');
  bench.report({ reference: 1, sentAt });
  await bench.reaches(id, 'delivered', 1_000);
});

describe('the SIM of such a text', () => {
  it('goes on with others', async () => {
    const { bench } = await quiet(noAnswer);
    const id = await undecided(bench);
    const next = await bench.send({ to: other });
    await bench.reaches(next, 'sent', 5_000);
    expect(bench.status(id)).toBe('dispatched');
  });

  it('but not with its other parts', async () => {
    const { bench, network } = await quiet();
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'the first part', () => bench.segmentsOf(id)[0]?.state === 'accepted');
    await bench.clock.advance(100);
    bench.table.unplug(port);
    await bench.clock.advance(100);
    expect(bench.segmentsOf(id).map(({ state }) => state)).toEqual(['accepted', 'ambiguous', 'waiting']);
    const { failure_reason } = await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
    expect(failure_reason).toMatch(/^ambiguous_submit: part 2 of 3: /);
    expect(network.submissions.count).toBeLessThanOrEqual(2);
  });
});

describe('evidence is', () => {
  it('a late +CMGS: the text is sent, with its reference, and its report finds it', async () => {
    const { bench, modem } = await quiet();
    modem.faults.sendResultDelayMs = 150_000;
    const id = await bench.send();
    await until(bench.clock, 'unknown fate', () => isAmbiguous(bench, id), 130_000);
    await bench.reaches(id, 'sent', 40_000);
    expect(bench.segmentsOf(id)).toMatchObject([{ state: 'accepted', reference: 1 }]);
    bench.report({ reference: 1 });
    await bench.reaches(id, 'delivered', 1_000);
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
  });

  it('a late +CMGS even after the text was given up', async () => {
    const { bench, modem } = await quiet();
    modem.faults.loseNextSendResults = 1;
    const id = await bench.send();
    await bench.reaches(id, 'failed: ambiguous_submit', 200_000);
    modem.unsolicited('+CMGS: 1');
    await bench.reaches(id, 'sent', 1_000);
    expect(bench.segmentsOf(id)).toMatchObject([{ state: 'accepted', reference: 1 }]);
  });

  it('a late +CMGS that the disk does not take at once', async () => {
    const { bench, modem } = await quiet();
    const { database } = bench.table;
    modem.faults.loseNextSendResults = 1;
    const id = await bench.send();
    await bench.reaches(id, 'failed: ambiguous_submit', 200_000);
    const refused = `BEFORE UPDATE OF state ON segments BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`;
    database.prepare(`CREATE TRIGGER full_disk ${refused}`).run();
    modem.unsolicited('+CMGS: 1');
    await bench.clock.advance(20_000);
    expect(bench.status(id)).toBe('failed: ambiguous_submit');
    database.prepare('DROP TRIGGER full_disk').run();
    await bench.reaches(id, 'sent', 10_000);
    expect(bench.segmentsOf(id)).toMatchObject([{ state: 'accepted', reference: 1 }]);
  });

  it('a report for its SIM and recipient that the service centre dates to its handing-over', async () => {
    const { bench, clock } = await quiet(noAnswer);
    const sentAt = clock.now();
    const id = await undecided(bench);
    await clock.advance(20_000);
    bench.report({ reference: 77, sentAt });
    await bench.reaches(id, 'delivered', 1_000);
    expect(bench.segmentsOf(id)).toMatchObject([{ reference: 77 }]);
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
    expect(bench.message(id).failure_reason).toBeNull();
  });

  it.each([-110_000, 0, 290_000])('such a report dated %i ms from it', async (byMs) => {
    const { bench, clock } = await quiet(noAnswer);
    const id = await undecided(bench);
    bench.report({ reference: 77, sentAt: clock.now() + byMs });
    await bench.reaches(id, 'delivered', 1_000);
  });

  it.each([-130_000, 310_000])('not a report dated %i ms from it', async (byMs) => {
    const { bench, clock } = await quiet(noAnswer);
    const id = await undecided(bench);
    bench.report({ reference: 77, sentAt: clock.now() + byMs });
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
  });

  it('not a report about another recipient', async () => {
    const { bench } = await quiet(noAnswer);
    const id = await undecided(bench);
    bench.report({ to: other, reference: 1 });
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
  });

  it('not a report whose reference belongs to another open text', async () => {
    const { bench } = await quiet(noAnswer);
    const id = await undecided(bench);
    const next = await bench.send({ to: other });
    await bench.reaches(next, 'sent');
    const [{ reference } = { reference: null }] = bench.segmentsOf(next);
    bench.report({ reference: reference ?? -1 });
    await bench.clock.advance(1_000);
    expect(bench.status(next)).toBe('sent');
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
  });

  it('a report of a modem that calls every text 0, whatever other texts of that number are open', async () => {
    const { bench, modem, clock } = await quiet();
    modem.faults.zeroReferences = true;
    const open = await bench.send({ to: other });
    await bench.reaches(open, 'sent');
    modem.faults.refusals = [{ ...noAnswer }];
    const id = await undecided(bench);
    bench.report({ reference: 0, sentAt: clock.now() });
    await bench.reaches(id, 'delivered', 1_000);
    expect(bench.status(open)).toBe('sent');
  });

  it('a report even where texts of long ago with its reference were never reported', async () => {
    const { bench } = await quiet();
    const old = await bench.send({ to: other });
    await bench.reaches(old, 'sent');
    const [{ reference } = { reference: null }] = bench.segmentsOf(old);
    await pass(bench, 9 * 24 * 3_600_000);
    const { faults } = modemOf(bench);
    faults.refusals = [{ ...noAnswer }];
    const id = await undecided(bench);
    bench.report({ reference: reference ?? -1 });
    await bench.reaches(id, 'delivered', 1_000);
    expect(bench.status(old)).toBe('sent');
  });

  it('a report that says "still trying": the network has it', async () => {
    const { bench } = await quiet(noAnswer);
    const id = await undecided(bench);
    bench.report({ reference: 77, status: 0x21 });
    await bench.reaches(id, 'sent', 1_000);
    expect(bench.story(id).filter((entry) => entry === 'segment_reported 1')).toHaveLength(1);
    bench.report({ reference: 77 });
    await bench.reaches(id, 'delivered', 1_000);
  });

  it('a report that says "failed": the network had it, and could not deliver it', async () => {
    const { bench } = await quiet(noAnswer);
    const id = await undecided(bench);
    bench.report({ reference: 77, status: 0x46 });
    await bench.reaches(id, 'failed: expired', 1_000);
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.failed']);
  });

  it('a report that came before the result was given up', async () => {
    const { bench, modem } = await quiet();
    modem.faults.loseNextSendResults = 1;
    const id = await bench.send();
    await bench.clock.advance(10_000);
    bench.report({ reference: 1 });
    await bench.clock.advance(1_000);
    expect(bench.status(id)).toBe('dispatched');
    await bench.reaches(id, 'delivered', 115_000);
  });

  it('a report that comes however late, after the text was given up', async () => {
    const { bench, clock } = await quiet(noAnswer);
    const sentAt = clock.now();
    const id = await undecided(bench);
    await bench.reaches(id, 'failed: ambiguous_submit');
    await pass(bench, 10 * 24 * 3_600_000);
    bench.report({ reference: 1, sentAt });
    await bench.reaches(id, 'delivered', 1_000);
    expect(bench.message(id).failure_reason).toBeNull();
    expect(bench.toldOf(id)).toEqual(['sms.failed', 'sms.sent', 'sms.delivered']);
  });

  it('a report that comes after a restart', async () => {
    const { bench, clock } = await quiet(noAnswer);
    const sentAt = clock.now();
    const id = await undecided(bench);
    await bench.crash();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    bench.report({ reference: 1, sentAt });
    await bench.reaches(id, 'delivered', 1_000);
  });
});

describe('of two such texts to one person', () => {
  it('the report proves the one whose expected reference it carries', async () => {
    const { bench } = await quiet();
    const before = await bench.send({ to: other });
    await bench.reaches(before, 'sent');
    modemOf(bench).faults.refusals = [{ ...noAnswer, times: 2 }];
    const one = await undecided(bench, { body: 'one' });
    const two = await undecided(bench, { body: 'two' });
    expect(expectedReferences(bench)).toEqual([null, 2, 2]);
    bench.report({ reference: 2 });
    await bench.reaches(one, 'delivered', 1_000);
    expect(bench.status(two)).toBe('dispatched');
  });

  it('the report proves the older where no reference is expected', async () => {
    const { bench } = await quiet({ ...noAnswer, times: 2 });
    const one = await undecided(bench, { body: 'one' });
    const two = await undecided(bench, { body: 'two' });
    bench.report({ reference: 99 });
    await bench.reaches(one, 'delivered', 1_000);
    expect(bench.status(two)).toBe('dispatched');
    bench.report({ reference: 100 });
    await bench.reaches(two, 'delivered', 1_000);
  });

  it("the report proves the one that was in the modem's hands when the service centre had it, also after a restart", async () => {
    for (const restarts of [false, true]) {
      const { bench, clock, network } = await quiet({ ...noAnswer, at: 'text' }, noAnswer);
      const never = await undecided(bench, { body: 'never left' });
      await clock.advance(10_000);
      const left = await undecided(bench, { body: 'left' });
      const sentAt = clock.now();
      if (restarts) {
        await bench.restart();
        bench.table.serve(port, { number: ours });
      }
      await bench.table.reaches(port, 'ready');
      bench.report({ reference: 1, sentAt });
      await bench.reaches(left, 'delivered', 20_000);
      await bench.reaches(never, 'failed: ambiguous_submit', 70_000);
      expect(network.submissions.all.map(({ text }) => text)).toEqual(['left']);
    }
  });

  it('one report proves one, however often it comes', async () => {
    const { bench, clock } = await quiet({ ...noAnswer, times: 2 });
    const one = await undecided(bench, { body: 'one' });
    const two = await undecided(bench, { body: 'two' });
    const sentAt = clock.now();
    bench.report({ reference: 99, sentAt });
    await bench.reaches(one, 'delivered', 1_000);
    bench.report({ reference: 99, sentAt });
    await clock.advance(1_000);
    bench.report({ reference: 99, sentAt });
    await bench.reaches(two, 'failed: ambiguous_submit', 70_000);
  });

  it("and one that is in the modem's hands, a report that beats its +CMGS proves that one alone", async () => {
    const { bench, modem } = await quiet(noAnswer);
    const lost = await undecided(bench, { body: 'lost' });
    modem.faults.sendResultDelayMs = 5_000;
    const next = await bench.send({ body: 'next' });
    await bench.clock.advance(3_000);
    bench.report({ reference: 2 });
    await bench.reaches(next, 'delivered', 10_000);
    expect(bench.status(lost)).toBe('dispatched');
    await bench.reaches(lost, 'failed: ambiguous_submit', 70_000);
  });
});

describe('the reference of the next text', () => {
  it.each([
    ['taken', 'probably sent'],
    ['text', 'probably not sent'],
  ] as const)('(after one that was %s) is a hint in the timeline and proves nothing', async (at, hint) => {
    const { bench } = await quiet();
    await bench.reaches(await bench.send({ to: other }), 'sent');
    modemOf(bench).faults.refusals = [{ ...noAnswer, at }];
    const id = await undecided(bench);
    await bench.reaches(await bench.send({ to: other }), 'sent');
    await bench.reaches(await bench.send({ to: other }), 'sent');
    const hints = bench.timeline(id).filter(({ entry }) => entry === 'hint');
    expect(hints).toHaveLength(1);
    expect(hints[0]?.detail).toContain(hint);
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
  });
});

describe('a refusal that comes late', () => {
  it('and explains itself ends the waiting: the text is tried again', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.refusals = [
      { command: '+CMGS', result: { kind: 'cms', code: 42 }, times: 1, delayMs: 150_000 },
    ];
    const id = await bench.send();
    await until(bench.clock, 'unknown fate', () => isAmbiguous(bench, id), 130_000);
    await bench.reaches(id, 'sent', 70_000);
    expect(network.submissions.count).toBe(1);
  });

  it('and explains nothing changes nothing', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.refusals = [
      { command: '+CMGS', result: { kind: 'cms', code: 500 }, times: 1, delayMs: 150_000, at: 'taken' },
    ];
    const id = await bench.send();
    await bench.reaches(id, 'failed: ambiguous_submit', 200_000);
    expect(network.submissions.count).toBe(1);
  });
});

describe('a long text', () => {
  it('goes on with its next part as soon as the undecided one is proven', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.refusals = [{ ...noAnswer }];
    const id = await undecided(bench, { body: 'x'.repeat(400) });
    await bench.clock.advance(20_000);
    bench.report({ reference: 1 });
    await bench.reaches(id, 'sent', 5_000);
    expect(network.submissions.all.map(({ concatenation }) => concatenation?.sequence)).toEqual([1, 2, 3]);
    expect(new Set(network.submissions.all.map(({ concatenation }) => concatenation?.reference)).size).toBe(
      1,
    );
  });

  it('that failed over one part is not brought back by the fate of another', async () => {
    const { bench, clock, network } = await quiet();
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(clock, 'the first part', () => bench.segmentsOf(id)[0]?.state === 'accepted');
    await until(clock, 'the second in hand', () => bench.segmentsOf(id)[1]?.state === 'submitting');
    bench.table.unplug(port);
    await clock.advance(100);
    const [first] = bench.segmentsOf(id);
    bench.reports.take({
      simId: bench.simId,
      reference: first?.reference ?? -1,
      recipient: friend,
      serviceCentreAt: clock.now(),
      dischargedAt: clock.now(),
      status: 0x41,
      pdu: '00',
      receivedAt: clock.now(),
    });
    expect(bench.status(id)).toBe('failed: recipient_unknown');
    await bench.restart();
    expect(bench.status(id)).toBe('failed: recipient_unknown');
    await clock.advance(120_000);
    expect(bench.status(id)).toBe('failed: recipient_unknown');
    expect(bench.toldOf(id)).toEqual(['sms.failed']);
    expect(network.submissions.count).toBeLessThanOrEqual(2);
  });

  it('that failed over a report while its next part was refused does not come back', async () => {
    const { bench, clock, modem, network } = await quiet();
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(clock, 'the first part', () => bench.segmentsOf(id)[0]?.state === 'accepted');
    modem.faults.refusals = [
      { command: '+CMGS', result: { kind: 'cms', code: 41 }, times: 1, delayMs: 3_000 },
    ];
    await until(clock, 'the second in hand', () => bench.segmentsOf(id)[1]?.state === 'submitting');
    bench.report({ reference: bench.segmentsOf(id)[0]?.reference ?? -1, status: 0x41 });
    await bench.reaches(id, 'failed: recipient_unknown', 1_000);
    await clock.advance(3_600_000);
    expect(bench.status(id)).toBe('failed: recipient_unknown');
    expect(network.submissions.count).toBeLessThanOrEqual(2);
  });
});

describe('a text that waits for its next attempt', () => {
  it('is not tried again when a report says that the network did take it', async () => {
    const { bench, network } = await quiet({
      command: '+CMGS',
      result: { kind: 'cms', code: 41 },
      times: 1,
      at: 'taken',
    });
    const id = await bench.send();
    await until(bench.clock, 'the refusal', () => bench.status(id) === 'queued');
    bench.report({ reference: 1 });
    await bench.reaches(id, 'delivered', 1_000);
    await bench.clock.advance(3_600_000);
    expect(network.submissions.count).toBe(1);
  });
});

describe('of a text that was refused and waits, and another to the same person,', () => {
  const refusal = (at: 'text' | 'taken'): PlannedRefusal => ({
    command: '+CMGS',
    result: { kind: 'cms', code: 41 },
    times: 1,
    at,
  });
  const refused = async (bench: GatewayBench, body: string) => {
    const id = await bench.send({ body });
    await until(bench.clock, 'the refusal', () => bench.status(id) === 'queued');
    return { id, at: bench.clock.now() };
  };

  it('a report proves the one of unknown fate, and the refused one is tried again', async () => {
    const { bench, clock, network } = await quiet(refusal('text'), noAnswer);
    const older = await refused(bench, 'refused');
    await clock.advance(3_000);
    const lost = await undecided(bench, { body: 'lost' });
    bench.report({ reference: 1 });
    await bench.reaches(lost, 'delivered', 1_000);
    await bench.reaches(older.id, 'sent', 15_000);
    expect(network.submissions.all.map(({ text }) => text)).toEqual(['lost', 'refused']);
  });

  it("a report proves the one that was in the modem's hands when the service centre had it", async () => {
    const { bench, clock, network } = await quiet(refusal('text'), refusal('taken'), noAnswer);
    const older = await refused(bench, 'older');
    await clock.advance(3_000);
    const taken = await refused(bench, 'taken');
    await clock.advance(3_000);
    const lost = await undecided(bench, { body: 'lost' });
    bench.report({ reference: 99, sentAt: taken.at });
    await bench.reaches(taken.id, 'delivered', 1_000);
    await bench.reaches(older.id, 'sent', 15_000);
    await bench.reaches(lost, 'failed: ambiguous_submit', 70_000);
    expect(network.submissions.all.map(({ text }) => text)).toEqual(['taken', 'lost', 'older']);
  });
});

describe("a text in the modem's hands", () => {
  it('whose validity ends there is what its result says', async () => {
    const { bench, modem } = await quiet();
    modem.faults.sendResultDelayMs = 20_000;
    const id = await bench.send({ scheduled_at: '2026-06-08T13:31:00Z', validity_seconds: 300 });
    bench.table.unplug(port);
    await bench.clock.advance(340_000);
    bench.table.plug(port, modem);
    await until(bench.clock, 'in hand', () => bench.segmentsOf(id)[0]?.state === 'submitting', 14_000);
    await bench.reaches(id, 'sent', 40_000);
  });

  it('when the SIM leaves its network for a moment holds up no other', async () => {
    const { bench, modem } = await quiet();
    modem.faults.sendResultDelayMs = 20_000;
    const one = await bench.send();
    await bench.clock.advance(1_000);
    modem.faults.sendResultDelayMs = 0;
    modem.equipment.radio.setCoverage({ CREG: 2, CGREG: 2, CEREG: 0 });
    await bench.clock.advance(500);
    modem.equipment.radio.setCoverage({ CREG: 1, CGREG: 1, CEREG: 0 });
    const two = await bench.send({ to: other });
    await bench.reaches(one, 'sent', 30_000);
    await bench.reaches(two, 'sent', 5_000);
  });
});

describe('a result that the disk does not take', () => {
  it('is written down when the SIM is back, though its modem was unplugged meanwhile', async () => {
    const { bench, modem, network } = await quiet();
    const { database } = bench.table;
    bench.set({ after_ambiguity: 'resend_once' });
    database
      .prepare(
        "CREATE TEMP TRIGGER full BEFORE UPDATE OF accepted_at ON segments BEGIN SELECT RAISE(FAIL, 'full'); END",
      )
      .run();
    const id = await bench.send();
    await until(bench.clock, 'taken', () => network.submissions.count === 1);
    await bench.clock.advance(10_000);
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    database.prepare('DROP TRIGGER full').run();
    bench.table.plug(port, modem);
    await bench.reaches(id, 'sent');
    expect([network.submissions.count, bench.story(id).at(-1)]).toEqual([1, 'sent']);
    expect(bench.story(id)).not.toContain('segment_ambiguous 1');
  });
});

describe('waits for a span of time', () => {
  it('are moved together or not at all where the disk takes only some of them', async () => {
    const { bench } = await quiet({ ...noAnswer, result: { kind: 'cms', code: 41 } }, noAnswer);
    const refused = await bench.send();
    await until(bench.clock, 'refused', () => bench.story(refused).includes('postponed'));
    await undecided(bench, { to: other });
    const { database } = bench.table;
    const dueAt = () => bench.outbound.get(bench.outbound.any(refused)?.seq ?? 0)?.due_at;
    const before = dueAt();
    expect(before).toBeGreaterThan(0);
    database
      .prepare(
        "CREATE TEMP TRIGGER full BEFORE UPDATE OF settle_by ON segments BEGIN SELECT RAISE(ABORT, 'full'); END",
      )
      .run();
    expect(() => bench.outbound.moveWaits(3_600_000)).toThrow('full');
    expect(dueAt()).toBe(before);
    database.prepare('DROP TRIGGER full').run();
  });
});

/** Lets days pass with the gateway switched off. */
async function pass(bench: GatewayBench, ms: number): Promise<void> {
  await bench.stop();
  bench.clock.shift(ms);
  await bench.restart();
  bench.table.serve(port);
  await bench.table.reaches(port, 'ready');
}

function modemOf(bench: GatewayBench) {
  const modem = bench.table.modemAt(port);
  if (!modem) throw new Error('no modem is plugged in');
  return modem;
}

function expectedReferences(bench: GatewayBench): (number | null)[] {
  return bench.table.database
    .prepare<[], { expected_reference: number | null }>(
      'SELECT expected_reference FROM attempts ORDER BY attempt_id',
    )
    .all()
    .map(({ expected_reference }) => expected_reference);
}

it('a report that the modem stored while its late answer was listened for proves a long text, which goes on', async () => {
  const { bench, modem, network } = await GatewayBench.ready(
    {},
    { profile: immediate(profiles['sierra-mc7304'] as Profile) },
  );
  losesNextResult(modem);
  const id = await bench.send({ body: 'x'.repeat(200) });
  await bench.reaches(id, 'delivered', 400_000);
  expect(network.submissions.count).toBe(2);
  expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
});
