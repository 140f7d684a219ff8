import { describe, expect, it } from 'vitest';
import { preferredStorages } from '../../src/emulator/commands/preferred-storages.ts';
import { generic, type Profile } from '../../src/emulator/index.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const minuteMs = 65_000;
const listsSimAlone = preferredStorages({ count: 3, test: () => Array(3).fill('("SM")').join(',') });

/** It stores reports in ME, which it can read and does not list; SR it refuses. */
const hiding: Profile = {
  ...generic,
  commands: [...generic.commands, listsSimAlone],
  storages: { read: ['SM', 'ME'], write: ['SM'], receive: ['SM'] },
  notifications: { ...generic.notifications, report: [0, 2] },
  reports: { storage: 'ME', announced: 'ME' },
};

async function ready(profile = hiding) {
  const bench = new FleetBench();
  const modem = bench.station(port, { profile, number: '+15550001111' });
  await bench.reaches(port, 'ready');
  return { bench, modem };
}

const asked = (bench: FleetBench, storage: string) =>
  bench.written.filter((command) => command.startsWith(`AT+CPMS="${storage}"`)).length;

/** Sends a text and waits until so many reports were taken in, for at most `limitMs`. */
async function reported(bench: FleetBench, count: number, limitMs: number) {
  await bench.send(port);
  await until(bench.clock, `${count} reports`, () => bench.kept.length === count, limitMs);
}

describe('a store that a modem names in +CDSI and does not list', () => {
  it('is read within the minute from then on, when a later notice is lost', async () => {
    const { bench, modem } = await ready();
    await reported(bench, 1, 5_000);
    modem.faults.loseNextNotices = 1;
    await reported(bench, 2, minuteMs);
    expect(bench.kept).toMatchObject([{ storage: 'ME' }, { storage: 'ME' }]);
    expect(modem.messages.store('ME').used).toBe(0);
  });

  it('is remembered for the modem: after a restart of the program it is read though nothing was told', async () => {
    const { bench, modem } = await ready();
    await reported(bench, 1, 5_000);
    await bench.fleet.stop();
    bench.restart();
    modem.messages.write('ME', { status: 0, pdu: '0006018100', length: 4 });
    bench.serve(port, { number: '+15550001111' });
    await bench.reaches(port, 'ready');
    expect(bench.kept).toHaveLength(2);
    expect(modem.messages.store('ME').used).toBe(0);
  });
});

describe('the usual store for reports of a modem that does not list it', () => {
  it('is asked for once in a session where the modem refuses it', async () => {
    const { bench, modem } = await ready();
    await bench.clock.advance(5 * minuteMs);
    expect(asked(bench, 'SR')).toBe(1);
    expect(asked(bench, 'SM')).toBeGreaterThan(5);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    await bench.clock.advance(5 * minuteMs);
    expect(asked(bench, 'SR')).toBe(2);
  });

  it('is not asked for where reports are handed over', async () => {
    const { bench } = await ready({ ...hiding, notifications: generic.notifications });
    await bench.clock.advance(2 * minuteMs);
    expect(asked(bench, 'SR')).toBe(0);
  });
});
