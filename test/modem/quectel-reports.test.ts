import { describe, expect, it } from 'vitest';
import { preferredStorages } from '../../src/emulator/commands/preferred-storages.ts';
import { type EmulatedModem, type Profile, profiles } from '../../src/emulator/index.ts';
import { friend, GatewayBench, port } from '../messages/gateway-bench.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const ec25 = profiles['quectel-ec25'] as Profile;
const { notifications } = ec25;

/** An EC25 that stores reports in SR, and calls that place as `announced` says, or says nothing. */
const storing = (announced: string | undefined, changes: Partial<Profile> = {}): Profile => ({
  ...ec25,
  notifications: { ...notifications, report: [0, 2] },
  reports: { storage: 'SR', announced },
  ...changes,
});

/** Its list of stores leaves out the one for reports, which can be read all the same. */
const unlisted = preferredStorages({ count: 3, test: () => Array(3).fill('("ME","MT","SM")').join(',') });

async function ready(profile: Profile): Promise<{ bench: FleetBench; modem: EmulatedModem }> {
  const bench = new FleetBench();
  const modem = bench.station(port, { profile });
  await bench.reaches(port, 'ready');
  return { bench, modem };
}

const lying = (modem: EmulatedModem) => modem.messages.store('SR').used;

describe('a delivery report at a Quectel', () => {
  it('is had handed over where the modem offers that: what it says of a stored one is not to be relied on', async () => {
    const { bench, modem } = await ready(ec25);
    expect(bench.written).toContain('AT+CNMI=2,1,0,1,0');
    await bench.send(port);
    await until(bench.clock, 'a report', () => bench.kept.length === 1, 5_000);
    expect(bench.kept).toMatchObject([{ storage: '' }]);
    expect(lying(modem)).toBe(0);
  });

  it.each<[string, Profile, number]>([
    ['told of by its place', storing('SR'), 5_000],
    ['told of as one in SM, where nothing is', storing('SM'), 5_000],
    ['told of as one in ME, where nothing is', storing('ME'), 5_000],
    ['not told of at all', storing(undefined), 65_000],
    [
      'not told of at all by a modem that does not list SR',
      storing(undefined, { commands: [...ec25.commands, unlisted] }),
      65_000,
    ],
    [
      'told of as one in SM, by a modem that does not list SR',
      storing('SM', { commands: [...ec25.commands, unlisted] }),
      5_000,
    ],
  ])('that it stores, %s, is read out of SR', async (_, profile, limitMs) => {
    const { bench, modem } = await ready(profile);
    expect(bench.written).toContain('AT+CNMI=2,1,0,2,0');
    await bench.send(port);
    await until(bench.clock, 'a report', () => bench.kept.length === 1, limitMs);
    expect(bench.kept).toMatchObject([{ storage: 'SR', index: 0 }]);
    await until(bench.clock, 'an empty place', () => lying(modem) === 0, 5_000);
    bench.network.deliver({ from: friend, to: '+15550001111', text: 'a text comes in where texts do' });
    await until(bench.clock, 'a text', () => bench.kept.length === 2, 5_000);
    expect(bench.kept[1]).toMatchObject({ storage: 'ME', index: 0 });
  });

  it('that came to SR while another program had the modem is read at the start, though reports are handed over from then on', async () => {
    const bench = new FleetBench();
    const modem = bench.modem({ profile: ec25 });
    bench.plug(port, modem);
    const pdu = '0006018100';
    const full = Array.from({ length: ec25.capacity.SR }, () =>
      modem.messages.write('SR', { status: 0, pdu, length: 4 }),
    );
    expect(full).not.toContain(undefined);
    bench.serve(port, { number: '+15550001111' });
    await bench.reaches(port, 'ready');
    expect(bench.kept).toHaveLength(ec25.capacity.SR);
    expect(lying(modem)).toBe(0);
  });
});

it('a text whose report lies in SR of an EC25 is shown as delivered, with each of its segments', async () => {
  const { bench, modem, clock } = await GatewayBench.ready({}, { profile: storing('SR') });
  const id = await bench.send({ body: 'x'.repeat(200) });
  await bench.reaches(id, 'delivered', 60_000);
  await until(clock, 'an empty store', () => lying(modem) === 0, 5_000);
  expect(bench.segmentsOf(id)).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }]);
});
