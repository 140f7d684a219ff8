import { describe, expect, test } from 'vitest';
import { AbsenceWatch } from '../../src/health/absence-watch.ts';
import { Attention } from '../../src/health/attention.ts';
import type { CareSettings } from '../../src/health/modem-care.ts';
import { ManualClock } from '../manual-clock.ts';
import { GatewayBench } from '../messages/gateway-bench.ts';
import { settled, until } from '../modem/eventually.ts';
import { CareBench, friend, ours, port } from './care-bench.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Texts go out and come in as in the gateway, and it is watched. */
async function wholeGateway(settings: Partial<CareSettings>) {
  const { bench, clock, network } = await GatewayBench.ready();
  const care = new CareBench(settings, bench.table);
  care.care.update();
  return { bench, care, clock, network, simId: bench.simId };
}

const simId = (bench: CareBench) => bench.table.facts(port).sim?.simId ?? 0;

test('a time in which the SIMs cannot be read ends no watch', async () => {
  const { bench, clock } = await CareBench.ready();
  const { database } = bench.table;
  database.prepare('ALTER TABLE sims RENAME TO sims_out_of_reach').run();
  await clock.advance(2 * minuteMs);
  database.prepare('ALTER TABLE sims_out_of_reach RENAME TO sims').run();
  bench.table.unplug(port);
  await clock.advance(16 * minuteMs);
  expect(bench.words()).toEqual(['offline_long']);
});

describe('a modem that is away', () => {
  test('for a quarter of an hour is told of once, with what is wrong', async () => {
    const { bench, clock } = await CareBench.ready();
    bench.table.unplug(port);
    await clock.advance(14 * minuteMs);
    expect(bench.types()).toEqual(['modem.online', 'modem.offline']);
    await clock.advance(2 * minuteMs);
    expect(bench.words()).toEqual(['offline_long']);
    expect(bench.sentence('offline_long')).toMatch(
      /^The modem at \/dev\/ttyUSB0 has not been ready for 15 minutes\. .*not plugged in/,
    );
    await clock.advance(5 * minuteMs);
    expect(bench.words()).toEqual(['offline_long']);
    expect(bench.view().warnings.map(({ code }) => code)).toEqual(['offline_long']);
  });

  test('is told of no longer once it is back', async () => {
    const { bench, clock } = await CareBench.ready();
    const modem = bench.table.modemAt(port);
    bench.table.unplug(port);
    await clock.advance(20 * minuteMs);
    if (modem) bench.table.plug(port, modem);
    await bench.table.reaches(port, 'ready');
    expect(bench.view().warnings).toEqual([]);
  });

  test('is missed too when it was let go', async () => {
    const { bench, clock } = await CareBench.ready();
    const { id } = bench.view();
    await bench.table.fleet.remove(port);
    await clock.advance(20 * minuteMs);
    expect(bench.words()).toEqual(['offline_long']);
    expect(bench.care.warnings(id)).toHaveLength(1);
  });

  test('is missed though it never came, where a person named its port', async () => {
    const bench = new CareBench();
    bench.table.serve('/dev/ttyUSB7');
    await bench.clock.advance(20 * minuteMs);
    expect(bench.words()).toEqual(['offline_long']);
  });

  test('is not told of where that is switched off', async () => {
    const { bench, clock } = await CareBench.ready({}, { offlineMinutes: 0 });
    bench.table.unplug(port);
    await clock.advance(17 * minuteMs);
    expect(bench.words()).toEqual([]);
  });

  test('because a person let go of its port is not told of', async () => {
    const { bench, clock } = await CareBench.ready();
    await settled(clock, bench.table.member(port).modem.letGo('released'));
    await clock.advance(20 * minuteMs);
    expect([bench.view().problem?.code, bench.words()]).toEqual(['port_released', []]);
  });

  test('because the machine slept is given its time anew', async () => {
    const clock = new ManualClock();
    const raised: string[] = [];
    const attention = new Attention(({ problem }) => raised.push(problem.code), clock, hourMs);
    const watch = new AbsenceWatch(clock, attention, 15 * minuteMs);
    const notice = { modem_id: 'A', port, number: null, problem: null, suppressed: 0 };
    watch.note([{ notice, ready: false, found: false }]);
    await clock.advance(8 * hourMs);
    watch.check();
    expect(raised).toEqual([]);
    for (let minute = 0; minute < 15; minute++) {
      await clock.advance(minuteMs);
      watch.check();
    }
    expect(raised).toEqual(['offline_long']);
  });

  test('every few seconds gives one pair of events and a count, while its state is shown at once', async () => {
    const { bench, modem, clock } = await CareBench.ready();
    for (let times = 0; times < 4; times++) {
      bench.table.unplug(port);
      await clock.advance(1_000);
      expect(bench.view().state).toBe('absent');
      bench.table.plug(port, modem);
      await bench.table.reaches(port, 'ready', 9_000);
    }
    expect(bench.types()).toEqual(['modem.online']);
    bench.table.unplug(port);
    await clock.advance(11_000);
    expect(bench.told.at(-1)).toMatchObject({ type: 'modem.offline', data: { suppressed: 4, number: ours } });
  });
});

describe('a SIM without delivery reports', () => {
  test('is told of once its texts asked for them in vain for so long', async () => {
    const { bench, care, clock, network } = await wholeGateway({ reportsWithinHours: 1 });
    network.addPhone(friend, { reports: [] });
    await clock.advance(15 * minuteMs);
    await bench.reaches(await bench.send(), 'sent');
    await clock.advance(hourMs - 5 * minuteMs);
    expect(care.words()).toEqual([]);
    await clock.advance(10 * minuteMs);
    expect(care.words()).toEqual(['no_reports']);
    expect(care.sentence('no_reports')).toMatch(
      /^No delivery report has come for an hour although texts were sent/,
    );
    network.addPhone('+15557650000', 'silent');
    await bench.reaches(await bench.send({ to: '+15557650000' }), 'delivered');
    await clock.advance(2 * minuteMs);
    expect(care.view().warnings).toEqual([]);
  });

  test('is not told of while it sends nothing', async () => {
    const { bench, care, clock } = await wholeGateway({ reportsWithinHours: 1 });
    await bench.reaches(await bench.send(), 'delivered');
    await clock.advance(90 * minuteMs);
    expect(care.words()).toEqual([]);
  });

  test.each([{ reports_within_hours: 0 }, { reports: false }])(
    'is not told of where it is set so: %o',
    async (change) => {
      const { bench, care, clock, network, simId } = await wholeGateway({ reportsWithinHours: 1 });
      bench.table.sims.changeSettings(simId, change);
      network.addPhone(friend, { reports: [] });
      await bench.reaches(await bench.send(), 'sent');
      await clock.advance(3 * hourMs);
      expect(care.words()).toEqual([]);
    },
  );
});

describe('a SIM that no text comes in at', () => {
  test('is told of where somebody asked for that', async () => {
    const { bench, care, clock, network, simId } = await wholeGateway({});
    bench.table.sims.changeSettings(simId, { inbound_within_hours: 1 });
    network.deliver({ from: friend, to: ours, text: 'Hello' });
    await clock.advance(hourMs - minuteMs);
    expect(care.words()).toEqual([]);
    await clock.advance(3 * minuteMs);
    expect(care.words()).toEqual(['no_inbound']);
    expect(care.sentence('no_inbound')).toMatch(/^No text has come in for an hour at \+15550001111\./);
    network.deliver({ from: friend, to: ours, text: 'Hello again' });
    await clock.advance(2 * minuteMs);
    expect(care.view().warnings).toEqual([]);
  });

  test('is otherwise left in peace', async () => {
    const { care, clock } = await wholeGateway({});
    await clock.advance(90 * minuteMs);
    expect(care.words()).toEqual([]);
  });
});

describe('the balance of a SIM', () => {
  test('is asked for as often as is set, kept, and told of when it is low', async () => {
    const { bench, clock } = await CareBench.ready();
    bench.table.sims.changeSettings(simId(bench), {
      balance_code: '*100#',
      balance_every_hours: 1,
      balance_floor: 20,
    });
    await until(clock, 'the balance', () => bench.words().length > 0, 5 * minuteMs);
    expect(bench.words()).toEqual(['balance_low']);
    expect(bench.sentence('balance_low')).toMatch(
      /^Only 12\.34 is left on \+15550001111, less than 20\. Top it up\./,
    );
    expect(bench.views.sims()[0]?.balance).toEqual({
      amount: 12.34,
      text: 'Your balance is 12.34 EUR.\nValid until 2027-06-30.',
      at: expect.any(String),
    });
    bench.table.commands();
    await clock.advance(90 * minuteMs);
    expect(bench.table.commands().filter((line) => line.startsWith('AT+CUSD=1,'))).toHaveLength(1);
    bench.table.sims.changeSettings(simId(bench), { balance_floor: 10 });
    await clock.advance(2 * minuteMs);
    expect(bench.view().warnings).toEqual([]);
  });

  test('is not asked for where nobody set a code', async () => {
    const { bench, clock } = await CareBench.ready();
    await clock.advance(hourMs);
    expect(bench.table.commands().filter((line) => line.startsWith('AT+CUSD=1,'))).toEqual([]);
  });

  test('that cannot be asked for is told of after the third try in three hours', async () => {
    const { bench, clock } = await CareBench.ready();
    bench.table.sims.changeSettings(simId(bench), { balance_code: '*999#' });
    await clock.advance(2 * hourMs);
    expect(bench.words()).toEqual([]);
    await clock.advance(hourMs);
    expect(bench.words()).toEqual(['balance_unreadable']);
    expect(bench.sentence('balance_unreadable')).toMatch(
      /^What is left on \+15550001111 cannot be asked for with \*999#: /,
    );
  });

  test('that the answer does not show is told of with the answer', async () => {
    const { bench, clock } = await CareBench.ready();
    bench.table.sims.changeSettings(simId(bench), { balance_code: '*101#' });
    const { sims } = bench.table;
    await clock.advance(3 * minuteMs);
    sims.keepBalance(simId(bench), { amount: undefined, text: 'Thank you', at: clock.now() });
    await clock.advance(2 * minuteMs);
    expect(bench.words()).toEqual(['balance_unreadable']);
    expect(bench.sentence('balance_unreadable')).toMatch(
      /shows no amount: "Thank you"\. Set a balance_pattern/,
    );
  });

  test('is not said of the modem that the SIM was taken out of', async () => {
    const { bench, modem, clock } = await CareBench.ready();
    bench.table.sims.changeSettings(simId(bench), { balance_code: '*100#', balance_floor: 20 });
    await clock.advance(3 * minuteMs);
    expect(bench.view().warnings.map(({ code }) => code)).toEqual(['balance_low']);
    modem.equipment.changeSim(bench.table.sim({ number: '+15550002222' }));
    await clock.advance(5 * minuteMs);
    expect(bench.view().warnings).toEqual([]);
  });
});
