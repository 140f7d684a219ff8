import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { DampedLogs } from '../../src/modem/damped-log.ts';
import { ManualClock } from '../manual-clock.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const minute = 60_000;

/** A log that is kept line by line. */
function keptLog() {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: pino({ level: 'debug' }, stream), lines };
}

describe('a stick that comes and goes every second for minutes', () => {
  it('fills no log, and moves its queue to and fro no more than a few times', async () => {
    const { log, lines } = keptLog();
    const bench = new FleetBench({ log });
    let turns = 0;
    let could = false;
    bench.fleet.on('changed', (member) => {
      if (member.canSend !== could) turns++;
      could = member.canSend;
    });
    const modem = bench.modem();
    bench.serve(port, { number: ours });
    const comesAndGoes = async (times: number) => {
      for (let second = 0; second < times; second++) {
        bench.plug(port, modem);
        await bench.clock.advance(700);
        bench.unplug(port);
        await bench.clock.advance(300);
      }
    };
    await comesAndGoes(200);
    await bench.clock.advance(10 * minute);
    await comesAndGoes(10);
    expect(bench.states.filter((state) => state === `${port} ready`).length).toBeGreaterThan(200);
    expect(turns).toBeLessThanOrEqual(20);
    expect(lines.length).toBeLessThan(62);
    expect(
      lines.some(
        ({ msg, heldBack }) => msg === 'lines about this port were held back' && Number(heldBack) > 100,
      ),
    ).toBe(true);
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    expect(bench.member(port).canSend).toBe(false);
    await until(bench.clock, 'sending', () => bench.member(port).canSend, 16_000);
  }, 30_000);

  it('as a port that was found, and is another one each time, fills no log either', async () => {
    const { log, lines } = keptLog();
    const bench = new FleetBench({ log });
    const modem = bench.modem();
    for (let second = 0; second < 150; second++) {
      const path = `/dev/ttyUSB${second % 3}`;
      bench.plug(path, modem);
      bench.serve(path);
      await bench.clock.advance(700);
      bench.unplug(path);
      await bench.clock.advance(300);
      await bench.fleet.remove(path);
    }
    expect(lines.length).toBeLessThanOrEqual(90);
    expect(bench.fleet.members).toEqual([]);
  }, 30_000);

  it('delays no other, and is one that can send as soon as it stays', async () => {
    const bench = new FleetBench();
    const other = '/dev/ttyUSB9';
    bench.station(other, { sim: { number: '+15550002222' }, number: '+15550002222' });
    await bench.reaches(other, 'ready');
    const modem = bench.modem();
    bench.serve(port, { number: ours });
    for (let second = 0; second < 30; second++) {
      bench.plug(port, modem);
      await bench.clock.advance(700);
      expect(await bench.send(other)).toMatchObject({ kind: 'accepted' });
      bench.unplug(port);
      await bench.clock.advance(300);
    }
    expect(bench.member(other).canSend).toBe(true);
  });
});

describe('a modem that was lost four times in five minutes', () => {
  it('sends at once when it is back: that happens to any', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    for (let count = 0; count < 4; count++) {
      await bench.reaches(port, 'ready');
      bench.unplug(port);
      await bench.reaches(port, 'absent');
      bench.plug(port, modem);
    }
    await bench.reaches(port, 'ready');
    expect(bench.member(port).canSend).toBe(true);
  });
});

describe('the log of a port', () => {
  it('takes thirty lines in ten minutes, and then says how many it did not take', async () => {
    const { log, lines } = keptLog();
    const clock = new ManualClock();
    const damped = new DampedLogs(log, clock).of(port);
    for (let count = 0; count < 100; count++) damped.info({ port, count }, 'again');
    expect(lines).toHaveLength(30);
    await clock.advance(10 * minute);
    damped.warn({ port }, 'anew');
    expect(lines.slice(30)).toMatchObject([{ heldBack: 70, port }, { msg: 'anew' }]);
  });

  it('is measured for each port, over all who write it', () => {
    const { log, lines } = keptLog();
    const logs = new DampedLogs(log, new ManualClock());
    for (let count = 0; count < 60; count++) logs.of(port).info('one');
    for (let count = 0; count < 5; count++) logs.of('/dev/ttyUSB1').info('other');
    expect(lines.filter(({ msg }) => msg === 'one')).toHaveLength(30);
    expect(lines.filter(({ msg }) => msg === 'other')).toHaveLength(5);
  });

  it('keeps what a person asked for by its level', () => {
    const { log, lines } = keptLog();
    const damped = new DampedLogs(log, new ManualClock()).of(port);
    for (let count = 0; count < 100; count++) damped.debug('detail');
    expect(lines).toHaveLength(100);
    expect(damped.isLevelEnabled('trace')).toBe(false);
  });
});
