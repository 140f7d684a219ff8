import { describe, expect, it } from 'vitest';
import { type EmulatedModem, generic, profiles } from '../../src/emulator/index.ts';
import type { ModemIdentity } from '../../src/modem/modem-identity.ts';
import { NoticeProof } from '../../src/modem/notice-proof.ts';
import { openChannel } from './channel-bench.ts';
import { settled } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const friend = '+15557654321';
const huawei = profiles['huawei-e173'] ?? generic;

interface Deafness {
  readonly bench: FleetBench;
  readonly modem: EmulatedModem;
  /** A text arrives. */
  text(): void;
}

/** A modem whose port says nothing that nobody asked for, while `mute` holds for the line. */
async function muteModem(mute: (line: string) => boolean, profile = generic): Promise<Deafness> {
  const bench = new FleetBench();
  const modem = bench.modem({ profile: { ...profile, tells: (line) => !mute(line) } });
  bench.plug(port, modem);
  bench.serve(port, { number: ours });
  await bench.reaches(port, 'ready');
  return { bench, modem, text: () => bench.network.deliver({ from: friend, to: ours, text: 'hello' }) };
}

describe('a port that promised to tell of texts', () => {
  it('and does not is known as deaf by the first one that a sweep finds, and asked more often', async () => {
    const { bench, text } = await muteModem(() => true);
    text();
    await bench.clock.advance(70_000);
    expect(bench.kept).toHaveLength(1);
    expect(bench.facts(port).deaf).toBe(true);
    text();
    await bench.clock.advance(12_000);
    expect(bench.kept).toHaveLength(2);
  });

  it('is deaf no longer when it tells of one', async () => {
    let mute = true;
    const { bench, text } = await muteModem(() => mute);
    text();
    await bench.clock.advance(70_000);
    mute = false;
    text();
    await bench.clock.advance(1_000);
    expect(bench.facts(port).deaf).toBe(false);
  });

  it('stays known as deaf when the modem comes back at it', async () => {
    const { bench, modem, text } = await muteModem(() => true);
    text();
    await bench.clock.advance(70_000);
    modem.reboot();
    bench.member(port).modem.repair();
    await bench.reaches(port, 'ready');
    text();
    await bench.clock.advance(12_000);
    expect(bench.kept).toHaveLength(2);
  });

  it.each<[string, (deafness: Deafness) => Promise<void> | void, (line: string) => boolean]>([
    ['nothing arrives', () => undefined, () => true],
    ['it told of the text', ({ text }) => text(), () => false],
    [
      'its settings were lost in a reset',
      async ({ bench, modem, text }) => {
        await bench.clock.advance(50_000);
        modem.loadSettings('factory');
        text();
      },
      () => false,
    ],
    [
      'a text was found whose notice came a little later',
      async ({ bench, modem, text }) => {
        await bench.clock.advance(59_000);
        text();
        bench.clock.after(1_500, () => modem.noise('\r\n+CMTI: "ME",1\r\n'));
      },
      () => true,
    ],
    [
      'a text could not be deleted and is found at each sweep',
      ({ modem, text }) => {
        modem.faults.refusals.push({ command: '+CMGD', result: { kind: 'error' }, times: 1_000 });
        text();
      },
      () => false,
    ],
  ])('is not deaf because %s', async (_, happens, mute) => {
    const deafness = await muteModem(mute);
    const told: boolean[] = [];
    deafness.bench.fleet.on('changed', ({ facts }) => told.push(facts.deaf));
    await happens(deafness);
    await deafness.bench.clock.advance(200_000);
    expect(told).not.toContain(true);
  });

  it('is asked to speak again first, where its family was told to be quiet', async () => {
    const { bench, modem, text } = await muteModem(
      (line) => line.startsWith('+CM') && modem.settings.kept['^CURC'] === '0',
      huawei,
    );
    text();
    await bench.clock.advance(70_000);
    expect(bench.facts(port).deaf).toBe(false);
    expect(modem.settings.kept['^CURC']).toBe('1');
    text();
    await bench.clock.advance(1_000);
    expect(bench.kept).toHaveLength(2);
  });
});

describe('a modem that would not tell', () => {
  it.each([
    ['its settings are gone', true, false],
    ['it confirms them', false, true],
  ])('because %s', async (_, lost, deaf) => {
    const { channel, clock, modem } = await openChannel();
    const learned: boolean[] = [];
    const identity = { profile: { initial: [] } } as unknown as ModemIdentity;
    const proof = new NoticeProof(channel, clock, identity, false, (found) => learned.push(found));
    if (lost) modem.loadSettings('factory');
    const indications = { values: [2, 1, 0, 1], direct: false, acknowledged: false };
    const sweep = proof.sweep(
      async () => proof.noteKept('ME:1', '0004'),
      indications,
      new AbortController().signal,
    );
    await settled(clock, sweep);
    expect(proof.deaf).toBe(deaf);
    expect(learned).toEqual(deaf ? [true] : []);
  });

  it('of reports is not deaf because of one', async () => {
    const { channel, clock, modem } = await openChannel();
    modem.receive('AT+CNMI=2,1,0,0,0\r');
    await clock.advance(100);
    const identity = { profile: { initial: [] } } as unknown as ModemIdentity;
    const proof = new NoticeProof(channel, clock, identity, false, () => undefined);
    const indications = { values: [2, 1, 0, 0], direct: false, acknowledged: false };
    const { signal } = new AbortController();
    await settled(
      clock,
      proof.sweep(async () => proof.noteKept('SR:1', '0006'), indications, signal),
    );
    expect(proof.deaf).toBe(false);
  });
});
