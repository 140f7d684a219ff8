import { describe, expect, test } from 'vitest';
import { cms } from '../../src/emulator/at/reply.ts';
import { type EmulatedModem, generic, type Profile } from '../../src/emulator/index.ts';
import { profiles } from '../../src/emulator/profiles/index.ts';
import { immediate } from '../../src/emulator/profiles/profile.ts';
import { encodeDeliver, encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { until } from '../modem/eventually.ts';
import { CareBench, friend, ours, port } from './care-bench.ts';

/** A generic modem with so much room. */
const withRoom = (ME: number): Profile => ({ ...generic, capacity: { ...generic.capacity, ME } });

/** Puts texts into a store as a telephone that once held the SIM left them. */
function leave(modem: EmulatedModem, count: number, kind: 'sent' | 'received', storage = 'ME'): void {
  for (let text = 0; text < count; text++) {
    const { pdu, tpduLength } =
      kind === 'sent'
        ? encodeSubmit({ to: friend, text: `sent ${text}` })
        : encodeDeliver({
            from: friend,
            text: `received ${text}`,
            smsc: '+15550000000',
            scts: '2026-06-08T12:00:00Z',
          });
    modem.messages.write(storage, { status: kind === 'sent' ? 3 : 1, pdu, length: tpduLength });
  }
}

const used = (modem: EmulatedModem, storage = 'ME') => modem.messages.store(storage).used;

describe('the stores of a modem', () => {
  test('are shown with what is in them', async () => {
    const { bench, modem, clock } = await CareBench.ready({ profile: withRoom(20) });
    leave(modem, 3, 'sent');
    leave(modem, 2, 'sent', 'SM');
    await clock.advance(90_000);
    expect(bench.view().storage).toEqual(
      expect.arrayContaining([
        { name: 'ME', used: 3, total: 20 },
        expect.objectContaining({ name: 'SM', used: 2 }),
      ]),
    );
    expect(bench.view().warnings).toEqual([]);
  });

  test('that fill up with texts that arrived are emptied, and nobody is told', async () => {
    const { bench, modem, clock } = await CareBench.ready({ profile: withRoom(10) });
    leave(modem, 9, 'received');
    await clock.advance(31_000);
    expect(used(modem)).toBe(0);
    expect(bench.table.kept).toHaveLength(9);
    await clock.advance(120_000);
    expect(bench.words()).toEqual([]);
  });

  test('that fill up with what others stored are warned of at four fifths, and told of when full', async () => {
    const { bench, modem, clock } = await CareBench.ready({ profile: withRoom(10) });
    leave(modem, 7, 'sent');
    await clock.advance(90_000);
    expect(bench.words()).toEqual([]);
    leave(modem, 1, 'sent');
    await clock.advance(90_000);
    expect(bench.words()).toEqual(['storage_filling']);
    expect(bench.sentence('storage_filling')).toBe(
      'The message storage of the modem fills up (8 of 10). When it is full, nothing more can arrive. ' +
        'Texts in it that a telephone or another program sent or drafted (8) are left alone: delete them there.',
    );
    leave(modem, 2, 'sent');
    await clock.advance(90_000);
    expect(bench.words()).toEqual(['storage_filling', 'storage_full']);
    expect(bench.sentence('storage_full')).toMatch(/is full \(10 of 10\)\. Nothing more can arrive\./);
    expect(bench.view().warnings.map(({ code }) => code)).toEqual(['storage_full']);
    expect(used(modem)).toBe(10);
    for (const [index] of modem.messages.store('ME').entries()) modem.messages.store('ME').remove(index);
    await clock.advance(90_000);
    expect(bench.view().warnings).toEqual([]);
  });

  test('of a SIM say that a telephone helps', async () => {
    const profile: Profile = { ...generic, storages: { read: ['SM'], write: ['SM'], receive: ['SM'] } };
    const { bench, modem, clock } = await CareBench.ready({ profile });
    leave(modem, modem.messages.store('SM').capacity, 'sent', 'SM');
    await clock.advance(90_000);
    expect(bench.sentence('storage_full')).toMatch(
      /^The message storage of the SIM is full .*put the SIM in a telephone/,
    );
  });

  test('that are full of texts that cannot be deleted are told of, and no text is taken in twice', async () => {
    const { bench, modem, clock } = await CareBench.ready({ profile: withRoom(5) });
    leave(modem, 5, 'received');
    modem.faults.refusals = [{ command: '+CMGD', result: cms(320).result, times: 1_000 }];
    await clock.advance(300_000);
    expect(bench.words()).toEqual(['storage_full']);
    expect(bench.sentence('storage_full')).toMatch(/kept by Postern \(5\) cannot be deleted/);
    modem.faults.refusals = [];
    await clock.advance(90_000);
    expect(used(modem)).toBe(0);
    expect(bench.view().warnings).toEqual([]);
  });

  test.each(Object.entries(profiles).filter(([, { storageFull }]) => storageFull))(
    'of a %s are emptied as soon as it says that they are full',
    async (_, profile) => {
      const { bench, modem, clock, network } = await CareBench.ready({ profile: immediate(profile) });
      const storage = modem.settings.storages[2];
      // Texts that nothing told of: only the line that says "full" can bring the sweep now.
      leave(modem, modem.messages.store(storage).capacity, 'received', storage);
      const before = bench.table.kept.length;
      network.deliver({ from: friend, to: ours, text: 'one too many' });
      await until(clock, 'room', () => used(modem, storage) === 0, 25_000);
      expect(bench.table.kept.length).toBeGreaterThan(before);
      await clock.advance(120_000);
      expect(bench.words()).toEqual([]);
    },
  );

  test('are not swept again and again for what will not go away', async () => {
    const { bench, modem, clock } = await CareBench.ready({ profile: withRoom(5) });
    leave(modem, 5, 'sent');
    await clock.advance(120_000);
    bench.table.commands();
    await clock.advance(600_000);
    const sweeps = bench.table.commands().filter((line) => line === 'AT+CMGL=4').length;
    const stores = bench.table.facts(port).health?.stores.length ?? 0;
    expect(sweeps).toBeLessThanOrEqual(11 * Math.max(stores, 1));
  });
});
