import { describe, expect, test } from 'vitest';
import type { EmulatedModem } from '../../src/emulator/index.ts';
import { profiles } from '../../src/emulator/profiles/index.ts';
import { immediate } from '../../src/emulator/profiles/profile.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const friend = '+15557654321';
const stranger = '+15550009999';

async function ready(profile = 'generic', latencyMs = 0) {
  const bench = new FleetBench({ network: { latencyMs } });
  const told: string[] = [];
  bench.fleet.on('call', ({ facts }, { kind, from }) =>
    told.push(`${kind} ${from ?? 'hidden'} at ${facts.port}`),
  );
  const found = profiles[profile];
  const modem = bench.station(port, { number: ours, ...(found && { profile: immediate(found) }) });
  await bench.reaches(port, 'ready');
  return { bench, modem, told, clock: bench.clock, network: bench.network };
}

const heard = (kind: string, from: string) => `${kind} ${from} at ${port}`;
const whole = (from: string) => [heard('incoming', from), heard('missed', from)];
const say = (modem: EmulatedModem, ...lines: string[]) => {
  for (const line of lines) modem.unsolicited(line);
};

describe('a call', () => {
  test.each(Object.keys(profiles))(
    'at a %s is told once as it comes and once as it ends',
    async (profile) => {
      const { told, clock, network } = await ready(profile);
      network.call(ours, friend);
      await clock.advance(32_000);
      expect(told).toEqual([heard('incoming', friend)]);
      network.hangUp(ours);
      await clock.advance(60_000);
      expect(told).toEqual(whole(friend));
    },
  );

  test('of a hidden number has no number', async () => {
    const { told, clock, network } = await ready();
    network.call(ours);
    await clock.advance(100);
    network.hangUp(ours);
    await clock.advance(0);
    expect(told).toEqual(whole('hidden'));
  });

  test('at a modem that never says who calls is told at the second ring', async () => {
    const { modem, told, clock } = await ready();
    say(modem, 'RING');
    await clock.advance(2_000);
    expect(told).toEqual([]);
    say(modem, 'RING', 'RING', 'NO CARRIER');
    await clock.advance(0);
    expect(told).toEqual(whole('hidden'));
  });

  test('that rings once is told of after three seconds, and is over ten seconds after its last ring', async () => {
    const { modem, told, clock } = await ready();
    say(modem, '+CRING: VOICE');
    await clock.advance(3_000);
    expect(told).toEqual([heard('incoming', 'hidden')]);
    await clock.advance(5_000);
    say(modem, '+CRING: VOICE');
    await clock.advance(9_999);
    expect(told).toHaveLength(1);
    await clock.advance(1);
    expect(told).toEqual(whole('hidden'));
  });

  test('that ends before its caller was named is told of all the same', async () => {
    const { modem, told, clock } = await ready();
    say(modem, 'RING', 'NO CARRIER');
    await clock.advance(60_000);
    expect(told).toEqual(whole('hidden'));
  });

  test('whose caller is named late is told as missed with the number', async () => {
    const { modem, told, clock } = await ready();
    say(modem, 'RING');
    await clock.advance(4_000);
    say(modem, `+CLIP: "${friend}",145`, 'NO CARRIER');
    await clock.advance(0);
    expect(told).toEqual([heard('incoming', 'hidden'), heard('missed', friend)]);
  });

  test('of another number is another call', async () => {
    const { modem, told, clock } = await ready();
    say(modem, 'RING', `+CLIP: "${friend}",145`, 'RING', `+CLIP: "${stranger}",145`, 'NO CARRIER');
    await clock.advance(0);
    expect(told).toEqual([...whole(friend), ...whole(stranger)]);
  });

  test('that never rang here is told of by MISSED_CALL alone, and one that did not twice', async () => {
    const { modem, told, clock } = await ready();
    say(modem, `MISSED_CALL: 08:15AM ${friend}`);
    await clock.advance(0);
    expect(told).toEqual(whole(friend));
    await clock.advance(60_000);
    say(modem, 'RING', `+CLIP: "${stranger}",145`, 'VOICE CALL: END', 'NO CARRIER', 'MISSED_CALL: 08:20AM');
    await clock.advance(60_000);
    expect(told).toEqual([...whole(friend), ...whole(stranger)]);
  });

  test('that rings ten times a second for a minute is one call', async () => {
    const { modem, told, clock } = await ready();
    const storm = modem.storm(['RING', `+CLIP: "${friend}",145,,,,0`], 100);
    await clock.advance(60_000);
    storm.stop();
    await clock.advance(10_000);
    expect(told).toEqual(whole(friend));
  });

  test('is over when the modem is unplugged', async () => {
    const { bench, told, clock, network } = await ready();
    network.call(ours, friend);
    await clock.advance(1_000);
    bench.unplug(port);
    await clock.advance(1_000);
    expect(told).toEqual(whole(friend));
  });

  test('is not taken', async () => {
    const { bench, clock, network } = await ready();
    bench.commands();
    network.call(ours, friend);
    await clock.advance(20_000);
    expect(bench.commands().filter((line) => /^AT(?:A|H|\+CHUP)/.test(line))).toEqual([]);
  });
});

describe('a call while a text is sent', () => {
  test.each(['generic', 'huawei-e173', 'sim7600', 'wavecom'])('at a %s disturbs neither', async (profile) => {
    const { bench, told, clock, network } = await ready(profile, 4_000);
    const outcome = bench.send(port);
    await until(clock, 'a prompt', () => bench.written.at(-1)?.endsWith('\x1a') ?? false);
    network.call(ours, stranger);
    await clock.advance(1_000);
    network.hangUp(ours);
    expect(await outcome).toMatchObject({ kind: 'accepted' });
    expect(told).toEqual(whole(stranger));
    expect(bench.written.filter((line) => line.endsWith('\x1a'))).toHaveLength(1);
  });

  test('ends no command that is pending', async () => {
    const { bench, modem, told } = await ready();
    modem.faults.answerDelayMs = 500;
    modem.faults.insideAnswers = ['RING', `+CLIP: "${friend}",145`, 'NO CARRIER'];
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    expect(told.slice(0, 2)).toEqual(whole(friend));
  });
});
