import { describe, expect, it } from 'vitest';
import type { PlannedRefusal } from '../../src/emulator/index.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, port } from './gateway-bench.ts';

const other = '+15557000002';

/** A bench whose modem gives these refusals to the next sends. */
async function refusing(...refusals: Partial<PlannedRefusal>[]) {
  const ready = await GatewayBench.ready();
  ready.modem.faults.refusals = refusals.map((planned) => ({
    command: '+CMGS',
    result: { kind: 'cms', code: 41 },
    times: 1,
    ...planned,
  }));
  return ready;
}

/** Seconds between the attempts of a text's one segment, as they were written down. */
function pauses(bench: GatewayBench, id: string): number[] {
  const begun = bench
    .timeline(id)
    .filter(({ entry }) => entry === 'submitting' || entry === 'segment_refused');
  const starts = begun.filter(({ entry }) => entry === 'segment_refused').map(({ at }) => at);
  return starts.slice(1).map((at, index) => Math.round((at - (starts[index] ?? 0)) / 1_000));
}

describe('a refusal instead of the prompt', () => {
  it('sends nothing again that a report has proven meanwhile', async () => {
    const { bench, modem, network, clock } = await GatewayBench.ready();
    network.addPhone(friend, { reports: [] });
    const cms = (code: number) => ({ kind: 'cms', code }) as const;
    modem.faults.refusals = [{ command: '+CMGS', result: cms(41), times: 1, at: 'taken' }];
    const id = await bench.send({ body: 'x'.repeat(200) });
    const sentAt = clock.now();
    await until(clock, 'refused', () => bench.story(id).includes('segment_refused 1'));
    modem.faults.refusals = [{ command: '+CMGS', result: cms(42), times: 1, at: 'command', delayMs: 5_000 }];
    await until(clock, 'asked for the prompt', () => modem.faults.refusals.length === 0);
    bench.reports.take({
      ...{ simId: bench.simId, recipient: friend, reference: 77, status: 0, pdu: '' },
      ...{ serviceCentreAt: sentAt, dischargedAt: sentAt, receivedAt: clock.now() },
    });
    expect(bench.segmentsOf(id)[0]?.state).toBe('delivered');
    await bench.reaches(id, 'sent');
    await clock.advance(60_000);
    expect(network.submissions.all.map(({ concatenation }) => concatenation?.sequence)).toEqual([1, 2]);
    expect(bench.segmentsOf(id).map(({ state }) => state)).toEqual(['delivered', 'accepted']);
  });
});

describe('a refusal that passes by itself', () => {
  it('is tried again after 10 s, 30 s, 2 min, 5 min, 15 min, then hourly, eight times in all', async () => {
    const { bench, network } = await refusing({ times: 8 });
    const id = await bench.send();
    await bench.reaches(id, 'failed: network_rejected', 5 * 3_600_000);
    expect(pauses(bench, id)).toEqual([10, 30, 120, 300, 900, 3_600, 3_600]);
    expect(bench.message(id).failure_reason).toBe(
      'network_rejected: the network failed for a moment (+CMS ERROR: 41)',
    );
    expect(network.submissions.count).toBe(0);
    expect(bench.toldOf(id)).toEqual(['sms.failed']);
    expect(new Set(bench.shown.get(id)?.slice(0, -1))).toEqual(new Set(['queued', 'dispatched']));
  });

  it('waits as queued meanwhile, and other texts go past it', async () => {
    const { bench, network, clock } = await refusing({});
    const id = await bench.send({ body: 'refused' });
    await clock.advance(1_000);
    expect(bench.status(id)).toBe('queued');
    const next = await bench.send({ body: 'next', to: other });
    await bench.reaches(next, 'delivered', 9_000);
    await bench.reaches(id, 'delivered');
    expect(network.submissions.all.map(({ text }) => text)).toEqual(['next', 'refused']);
  });

  it.each([
    ['at the prompt', 'command'],
    ['after the PDU', 'text'],
  ] as const)('%s counts as an attempt and is written down with its code', async (_, at) => {
    const { bench } = await refusing({ at, result: { kind: 'cms', code: 42 }, times: 2 });
    const id = await bench.send();
    await bench.reaches(id, 'delivered');
    expect(bench.segmentsOf(id)).toMatchObject([{ attempts: 3 }]);
    const rows = bench.table.database
      .prepare<[], { ordinal: number; outcome: string; code: string | null }>(
        'SELECT ordinal, outcome, code FROM attempts ORDER BY attempt_id',
      )
      .all();
    expect(rows).toEqual([
      { ordinal: 1, outcome: 'rejected', code: '+CMS ERROR: 42' },
      { ordinal: 2, outcome: 'rejected', code: '+CMS ERROR: 42' },
      { ordinal: 3, outcome: 'accepted', code: null },
    ]);
  });

  it('names the recipient when one is away for good', async () => {
    const { bench } = await refusing({ times: 8, result: { kind: 'cms', code: 27 } });
    const id = await bench.send();
    await bench.reaches(id, 'failed: recipient_unavailable', 5 * 3_600_000);
  });

  it('is never tried past the validity of the text: it is given up with the word of the refusal', async () => {
    const { bench, network } = await refusing({ times: 8, result: { kind: 'cms', code: 27 } });
    const id = await bench.send({ validity_seconds: 600 });
    const { failure_reason } = await bench.reaches(id, 'failed: recipient_unavailable', 620_000);
    expect(failure_reason).toContain('+CMS ERROR: 27');
    await bench.clock.advance(3_600_000);
    expect(network.submissions.count).toBe(0);
    expect(pauses(bench, id)).toEqual([10, 30, 120, 300]);
  });

  it('goes on with its pauses after a restart', async () => {
    const { bench } = await refusing({ times: 3 });
    const id = await bench.send();
    await until(
      bench.clock,
      'two refusals',
      () => bench.story(id).filter((entry) => entry === 'postponed').length === 2,
    );
    await bench.crash();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    await bench.reaches(id, 'delivered');
    expect(bench.segmentsOf(id)).toMatchObject([{ attempts: 4 }]);
  });
});

describe('a refusal that says all', () => {
  it.each([
    [1, 'recipient_unknown'],
    [30, 'recipient_unknown'],
    [8, 'network_rejected'],
    [50, 'network_rejected'],
    [304, 'modem_failure'],
    [193, 'network_rejected'],
  ])('(+CMS ERROR: %i) fails the text at once as %s', async (code, word) => {
    const { bench, network } = await refusing({ result: { kind: 'cms', code }, times: 9 }); // whatever bearer is tried
    const id = await bench.send();
    const failed = await bench.reaches(id, `failed: ${word}`, 2_000);
    expect(failed.failure_reason).toMatch(new RegExp(`^${word}: .+ \\(\\+CMS ERROR: ${code}\\)$`));
    await bench.clock.advance(3_600_000);
    expect(network.submissions.count).toBe(0);
  });

  it.each([21, 127])('(+CMS ERROR: %i) gets one more try after 30 s, then fails', async (code) => {
    const { bench } = await refusing({ result: { kind: 'cms', code }, times: 2 });
    const id = await bench.send();
    await bench.reaches(id, 'failed: network_rejected', 40_000);
    expect(pauses(bench, id)).toEqual([30]);
  });

  it('once, and then is taken, is sent', async () => {
    const { bench } = await refusing({ result: { kind: 'cms', code: 21 } });
    const id = await bench.send();
    await bench.reaches(id, 'delivered', 40_000);
  });

  it('of the network itself is judged like one of the modem', async () => {
    const { bench, network } = await GatewayBench.ready();
    network.addPhone(friend, { refuse: 1 });
    const id = await bench.send();
    await bench.reaches(id, 'failed: recipient_unknown');
  });

  it('that the service centre has it already is an acceptance', async () => {
    const { bench } = await refusing({ result: { kind: 'cms', code: 197 } });
    const id = await bench.send();
    await bench.reaches(id, 'sent', 2_000);
    expect(bench.toldOf(id)).toEqual(['sms.sent']);
  });

  it('for one part fails the text at once, names the part, and sends no other', async () => {
    const { bench, network } = await GatewayBench.ready();
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'the first part', () => bench.segmentsOf(id)[0]?.state === 'accepted');
    network.addPhone(friend, { refuse: 50 });
    const { failure_reason } = await bench.reaches(id, 'failed: network_rejected', 10_000);
    expect(failure_reason).toMatch(/^network_rejected: part 2 of 3: /);
    await bench.clock.advance(3_600_000);
    expect(network.submissions.count).toBe(1);
    expect(bench.status(id)).toBe('failed: network_rejected');
  });
});

describe('a refusal that blames SIM or modem', () => {
  it.each([
    [{ kind: 'cms', code: 310 }],
    [{ kind: 'cms', code: 322 }],
    [{ kind: 'cms', code: 300 }],
    [{ kind: 'cms', code: 340 }],
    [{ kind: 'cme', code: 13 }],
  ] as const)('(%j) holds the queue, repairs, and then sends; no attempt is counted', async (result) => {
    const { bench, network } = await refusing({ result });
    const id = await bench.send();
    await until(bench.clock, 'the refusal', () => bench.story(id).includes('segment_refused 1'), 2_000);
    const next = await bench.send({ body: 'next', to: other });
    await bench.reaches(id, 'delivered', 60_000);
    await bench.reaches(next, 'delivered', 60_000);
    expect(network.submissions.all.map(({ text }) => text)).toEqual(['Hello', 'next']);
    expect(bench.segmentsOf(id)).toMatchObject([{ attempts: 1 }]);
    expect(bench.table.states.filter((state) => state.endsWith('recovering'))).not.toEqual([]);
  });

  it('again and again holds it for longer each time, and brings up no storm of attempts', async () => {
    const { bench, modem } = await refusing({ result: { kind: 'cms', code: 330 }, times: 10_000 });
    const id = await bench.send();
    await bench.clock.advance(3_600_000);
    const attempts = bench.story(id).filter((entry) => entry === 'submitting 1').length;
    expect(attempts).toBeGreaterThan(5);
    expect(attempts).toBeLessThan(25);
    modem.faults.refusals = [];
    await bench.reaches(id, 'delivered', 400_000);
  });

  it.each([
    [313, 'sim_failure', /^No text can be handed over: the SIM failed \(\+CMS ERROR: 313\)\. .*clean it/],
    [
      300,
      'needs_person',
      /^No text can be handed over: the modem failed \(\+CMS ERROR: 300\)\. .*plug it in/,
    ],
  ] as const)(
    '(%i) again and again is told of its modem, until a text is taken',
    async (code, word, sentence) => {
      const { bench, modem } = await refusing({ result: { kind: 'cms', code }, times: 10_000 });
      const id = await bench.send();
      await bench.clock.advance(15_000);
      expect(bench.table.facts(port).obstacle).toBeUndefined();
      await until(bench.clock, 'the third', () => bench.table.facts(port).obstacle !== undefined, 60_000);
      await until(bench.clock, 'ready', () => bench.table.facts(port).state === 'ready', 60_000);
      expect(bench.table.facts(port).obstacle).toMatchObject({
        code: word,
        message: expect.stringMatching(sentence),
      });
      modem.faults.refusals = [];
      await bench.reaches(id, 'delivered', 400_000);
      expect(bench.table.facts(port).obstacle).toBeUndefined();
    },
  );

  it('until the text is too old fails it as that SIM or modem', async () => {
    const { bench } = await refusing({ result: { kind: 'cms', code: 330 }, times: 10_000 });
    bench.obstacle = { word: 'sim_failure', sentence: 'The SIM needs its PIN.' };
    const id = await bench.send({ validity_seconds: 600 });
    const { failure_reason } = await bench.reaches(id, 'failed: sim_failure', 700_000);
    expect(failure_reason).toContain('The SIM needs its PIN.');
  });
});

describe('a modem that gives no prompt', () => {
  it('is brought up anew, and the text is sent then', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    modem.faults.loseNextPrompts = 1;
    const id = await bench.send();
    await bench.reaches(id, 'delivered', 120_000);
    expect(network.submissions.count).toBe(1);
    expect(bench.segmentsOf(id)).toMatchObject([{ attempts: 1 }]);
  });

  it('ever is not asked without end', async () => {
    const { bench, modem } = await GatewayBench.ready();
    modem.faults.loseNextPrompts = 10_000;
    const id = await bench.send();
    await bench.clock.advance(3_600_000);
    expect(10_000 - modem.faults.loseNextPrompts).toBeLessThan(30);
    modem.faults.loseNextPrompts = 0;
    await bench.reaches(id, 'delivered', 400_000);
  });
});
