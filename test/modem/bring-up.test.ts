import { describe, expect, it } from 'vitest';
import { immediate, profiles } from '../../src/emulator/index.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const friend = '+15557654321';

describe.each(Object.entries(profiles))('a modem of the family %s', (_, profile) => {
  it('is brought up as it comes, with all that takes', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { profile, number: ours });
    const facts = await bench.reaches(port, 'ready');
    expect(facts).toMatchObject({
      id: modem.imei,
      imei: modem.imei,
      imsi: modem.sim?.imsi,
      iccid: modem.sim?.iccid,
      registration: 'home',
      obstacle: undefined,
      sim: { number: ours, conflict: undefined },
    });
    expect(facts.manufacturer).toBe(profile.identity.manufacturer.trim());
    expect(bench.member(port).canSend).toBe(true);
    expect(modem.settings).toMatchObject({ echo: false, errors: 1, messageFormat: 0 });
  });

  it('takes in what arrives, and empties the place where it lay', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { profile: immediate(profile), number: ours });
    await bench.reaches(port, 'ready');
    bench.network.deliver({ from: friend, to: ours, text: 'one' });
    bench.network.deliver({ from: friend, to: ours, text: 'two' });
    await until(bench.clock, 'two texts', () => bench.kept.length === 2, 90_000);
    expect(bench.kept.every(({ imported }) => !imported)).toBe(true);
    await until(bench.clock, 'empty stores', () => modem.messages.store('MT').used === 0, 90_000);
    expect(bench.deleted).toHaveLength(2);
  });

  it('hands texts over, and its reports are taken in', async () => {
    const bench = new FleetBench();
    bench.station(port, { profile: immediate(profile), number: ours });
    await bench.reaches(port, 'ready');
    expect(await bench.send(port)).toEqual({ kind: 'accepted', reference: 1 });
    await until(bench.clock, 'a report', () => bench.kept.length === 1, 90_000);
  });

  it('is set up again when it starts anew in the middle of everything', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { profile, number: ours });
    await bench.reaches(port, 'ready');
    modem.reboot();
    await until(bench.clock, 'set up again', () => !modem.settings.echo, 120_000);
    await bench.reaches(port, 'ready');
    bench.network.deliver({ from: friend, to: ours, text: 'one' });
    await until(bench.clock, 'a text', () => bench.kept.length === 1, 120_000);
  });
});

it('a port that answers nothing is told, and tried for ever', async () => {
  const bench = new FleetBench();
  const modem = bench.station(port, { number: ours });
  modem.faults.hang = true;
  await bench.reaches(port, 'recovering');
  await until(bench.clock, 'an obstacle', () => bench.facts(port).obstacle?.code === 'no_answer', 300_000);
  await bench.clock.advance(1_800_000);
  modem.faults.hang = false;
  await bench.reaches(port, 'ready');
});

it.each([
  ['in digits', { verbose: false }],
  ['not at all', { quiet: true }],
])('a modem that somebody told to answer %s is asked for words', async (_, settings) => {
  const bench = new FleetBench();
  const modem = bench.modem();
  bench.plug(port, modem);
  Object.assign(modem.settings, settings);
  bench.serve(port, { number: ours });
  await until(bench.clock, 'ready', () => bench.facts(port).state === 'ready', 30_000);
  Object.assign(modem.settings, settings);
  await until(bench.clock, 'words again', () => modem.settings.verbose && !modem.settings.quiet, 90_000);
  await bench.reaches(port, 'ready');
  expect(bench.commands()).not.toContain('AT+CFUN=1,1');
  expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
});

it('a port that is not there is waited for', async () => {
  const bench = new FleetBench();
  bench.serve(port, { number: ours });
  await bench.clock.advance(60_000);
  expect(bench.facts(port)).toMatchObject({ state: 'absent', obstacle: { code: 'port_absent' } });
  bench.plug(port, bench.modem());
  await bench.reaches(port, 'ready');
});

it('a port that another program holds is told, and taken when that lets it go', async () => {
  const bench = new FleetBench();
  const letGo = bench.hold(port);
  bench.plug(port, bench.modem());
  bench.serve(port);
  const facts = await bench.reaches(port, 'attention');
  expect(facts.obstacle).toMatchObject({ code: 'port_busy', message: expect.stringContaining(port) });
  letGo();
  await bench.reaches(port, 'ready');
});
