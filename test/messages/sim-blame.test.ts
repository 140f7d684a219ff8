import { describe, expect, it } from 'vitest';
import { until } from '../modem/eventually.ts';
import { GatewayBench, ours, port } from './gateway-bench.ts';

const minute = 60_000;
const person = (index: number) => `+1555700${String(index).padStart(4, '0')}`;

/** A bench in whose network these numbers are refused with this code, and those after them are not. */
async function withBadNumbers(code: number, count: number) {
  const ready = await GatewayBench.ready();
  for (let index = 0; index < count; index++) ready.network.addPhone(person(index), { refuse: code });
  return ready;
}

/** A bench whose SIM is barred: every text is refused, whomever it goes to. */
async function barred(code = 29) {
  const ready = await GatewayBench.ready();
  const bar = { command: '+CMGS', result: { kind: 'cms', code } as const, times: 10_000 };
  ready.modem.faults.refusals = [bar];
  return { ...ready, bar, lift: () => ready.modem.faults.refusals.splice(0) };
}

function attempts({ bench, ids }: { bench: GatewayBench; ids: readonly string[] }): number {
  return ids.flatMap((id) => bench.story(id)).filter((entry) => entry === 'submitting 1').length;
}

describe('one bad number', () => {
  it('that fails ten times blames no SIM, and delays nobody else', async () => {
    const { bench } = await withBadNumbers(38, 1);
    for (let index = 0; index < 10; index++) {
      const bad = await bench.send({ to: person(0), body: `try ${index}` });
      await until(bench.clock, 'a refusal', () => bench.story(bad).includes('postponed'), 5_000);
      expect(bench.table.facts(port).obstacle).toBeUndefined();
    }
    const good = await bench.send({ to: person(1) });
    await bench.reaches(good, 'delivered', 4_000);
  });

  it.each([1, 30, 22, 27, 195, 196, 95, 96, 97, 99, 304])(
    'and others like it: +CMS ERROR %i speaks of them or of the text, not of the SIM',
    async (code) => {
      const { bench } = await withBadNumbers(code, 5);
      for (let index = 0; index < 5; index++) await bench.send({ to: person(index) });
      const good = await bench.send({ to: person(5) });
      await bench.reaches(good, 'delivered', 10_000);
      expect(bench.table.obstacles).toEqual([]);
    },
  );

  it('of three with a success between them blames nobody', async () => {
    const { bench } = await withBadNumbers(38, 3);
    for (let index = 0; index < 3; index++) {
      await bench.send({ to: person(index) });
      await bench.reaches(await bench.send({ to: person(9) }), 'delivered', 6_000);
    }
    expect(bench.table.obstacles).toEqual([]);
  });
});

describe('three different numbers in a row', () => {
  it.each([8, 10, 21, 28, 29, 38, 41, 42, 47, 50, 69, 111, 127, 331, 500, 512])(
    'refused with +CMS ERROR %i blame the SIM: its texts wait, and a person is told why',
    async (code) => {
      const { bench } = await barred(code);
      const ids = await Promise.all([0, 1, 2, 3, 4].map((index) => bench.send({ to: person(index) })));
      await until(bench.clock, 'blame', () => bench.table.facts(port).obstacle !== undefined, 10_000);
      expect(bench.table.facts(port)).toMatchObject({ state: 'ready', obstacle: { code: 'sim_refused' } });
      expect(bench.table.facts(port).obstacle?.message).toMatch(
        new RegExp(
          `^The network refuses the texts of this SIM: .+ \\(\\+CMS ERROR: ${code}\\)\\. Check its credit, `,
        ),
      );
      await bench.clock.advance(minute - 1_000);
      expect(ids.slice(3).map((id) => bench.status(id))).toEqual(['queued', 'queued']);
      expect(attempts({ bench, ids })).toBe(3);
    },
  );

  it('hold back what comes meanwhile as queued', async () => {
    const { bench } = await barred();
    for (let index = 0; index < 3; index++) await bench.send({ to: person(index) });
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    expect((await bench.accept({ to: person(3) })).status).toBe('queued');
  });

  it('have the modem looked at, its registration and its settings, at once', async () => {
    const { bench } = await barred();
    bench.table.commands();
    for (let index = 0; index < 3; index++) await bench.send({ to: person(index) });
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    await bench.clock.advance(1_000);
    const asked = bench.table.commands();
    expect(asked).toEqual(expect.arrayContaining(['AT+CREG?', 'AT+CMGF?', 'AT+CNMI?']));
  });

  it('make it rest for 1, 5, 15, 30 and then 60 minutes, with one text between', async () => {
    const { bench } = await barred();
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, index) => bench.send({ to: person(index), validity_seconds: 200_000 })),
    );
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    const seen: number[] = [];
    let before = attempts({ bench, ids });
    for (let passed = 0; passed <= 180; passed++) {
      const now = attempts({ bench, ids });
      if (now > before) seen.push(passed);
      before = now;
      await bench.clock.advance(minute);
    }
    expect(seen).toEqual([2, 7, 22, 52, 112, 172].map((at) => expect.closeTo(at, -0.7)));
    expect(bench.table.obstacles).toEqual([`${port} sim_refused`]);
  });

  it('are forgotten with the first text that is taken: the queue goes on at once', async () => {
    const { bench, lift, network } = await barred();
    const ids = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => bench.send({ to: person(index) })));
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    lift();
    await bench.clock.advance(minute + 10_000);
    expect(ids.slice(3).map((id) => bench.status(id))).toEqual(['delivered', 'delivered', 'delivered']);
    expect(network.submissions.count).toBe(3);
    expect(bench.table.obstacles).toEqual([`${port} sim_refused`, `${port} none`]);
    expect((await bench.accept({ to: person(6) })).status).toBe('dispatched');
  });

  it('that were only bad numbers do not try the SIM again while another one waits', async () => {
    const { bench } = await withBadNumbers(38, 3);
    for (let index = 0; index < 3; index++) await bench.send({ to: person(index) });
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    const good = await bench.send({ to: person(3) });
    await bench.reaches(good, 'delivered', minute + 5_000);
    expect(bench.table.obstacles.slice(0, 2)).toEqual([`${port} sim_refused`, `${port} none`]);
  });

  it('blame it through a restart of its modem, and in another one', async () => {
    const { bench, modem } = await barred();
    for (let index = 0; index < 3; index++) await bench.send({ to: person(index) });
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    const waiting = await bench.send({ to: person(3) });
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    const other = '/dev/ttyUSB7';
    bench.table.station(other, { sim: modem.sim ?? null });
    await bench.table.reaches(other, 'ready');
    await bench.clock.advance(20_000);
    expect(bench.table.facts(other).obstacle?.code).toBe('sim_refused');
    expect(bench.status(waiting)).toBe('queued');
    await bench.reaches(waiting, 'delivered', minute);
    expect(bench.table.facts(other).obstacle).toBeUndefined();
  });

  it('blame it through a restart of the program: it rests as long, and longer when it is refused again', async () => {
    const { bench, bar, lift } = await barred();
    for (let index = 0; index < 3; index++) await bench.send({ to: person(index) });
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    const waiting = await bench.send({ to: person(3) });
    const other = await bench.send({ to: person(4) });
    const again = async () => {
      await bench.restart();
      bench.table.serve(port, { number: ours });
      await bench.table.reaches(port, 'ready');
      expect(bench.table.facts(port).obstacle?.code).toBe('sim_refused');
    };
    await again();
    const before = attempts({ bench, ids: [waiting, other] });
    await bench.clock.advance(30_000);
    expect(attempts({ bench, ids: [waiting, other] })).toBe(before);
    await bench.clock.advance(minute);
    expect(attempts({ bench, ids: [waiting, other] })).toBe(before + 1); // one text tries it, and blames it at once
    await again();
    await bench.clock.advance(3 * minute);
    expect(attempts({ bench, ids: [waiting, other] })).toBe(before + 1);
    expect(bar.times).toBeGreaterThan(0);
    lift();
    await until(bench.clock, 'sent', () => bench.status(other) === 'delivered', 5 * minute);
    expect(bench.table.facts(port).obstacle).toBeUndefined();
    await again().catch(() => undefined);
    expect(bench.table.facts(port).obstacle).toBeUndefined();
  });

  it('hold back no other SIM', async () => {
    const { bench, network } = await barred();
    const second = '+15550002222';
    bench.table.station('/dev/ttyUSB1', { sim: { number: second }, number: second });
    await bench.table.reaches('/dev/ttyUSB1', 'ready');
    for (let index = 0; index < 3; index++) await bench.send({ to: person(index) });
    await until(bench.clock, 'blame', () => bench.table.obstacles.length === 1, 10_000);
    expect(network.submissions.count).toBe(0);
    await bench.reaches(await bench.send({ from: second }), 'delivered', 5_000);
  });
});
