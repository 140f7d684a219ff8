import { describe, expect, it } from 'vitest';
import { type EmulatedModem, generic, type Profile } from '../../src/emulator/index.ts';
import { decodePdu } from '../../src/gsm/pdu/index.ts';
import type { Transport } from '../../src/modem/transport.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const text = 'Your parcel lies at the gate until nine';

/** Does `damage` to the first `times` lines with a PDU that come over the line. */
function spoilPdus(bench: FleetBench, times: number, damage: (pdu: string) => string): void {
  let left = times;
  spoil(bench, (octets) => octets.replace(/[0-9A-F]{40,}/g, (pdu) => (left-- > 0 ? damage(pdu) : pdu)));
}

function spoil(bench: FleetBench, damage: (octets: string) => string): void {
  bench.spoil = (transport) => {
    const emit = transport.emit.bind(transport) as (...event: unknown[]) => boolean;
    transport.emit = ((name: string, octets: unknown) => {
      if (name !== 'data' || typeof octets !== 'string') return emit(name, octets);
      return emit(name, damage(octets));
    }) as Transport['emit'];
  };
}

async function ready(times: number, damage: (pdu: string) => string, profile: Profile = generic) {
  const bench = new FleetBench();
  spoilPdus(bench, times, damage);
  const modem = bench.station(port, { profile, number: ours });
  await bench.reaches(port, 'ready');
  return { bench, modem };
}

async function takenIn(bench: FleetBench, modem: EmulatedModem): Promise<void> {
  bench.network.deliver({ from: '+15557654321', to: ours, text });
  await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 200_000);
}

const words = ({ kept }: FleetBench) =>
  kept.map(({ pdu }) => (decodePdu(pdu, { direction: 'MT' }) as { text?: string }).text);

const damages: [string, (pdu: string) => string][] = [
  ['a digit was lost', (pdu) => pdu.slice(0, 50) + pdu.slice(51)],
  ['an octet was lost', (pdu) => pdu.slice(0, 50) + pdu.slice(52)],
  ['another line stands in the midst', (pdu) => `${pdu.slice(0, 50)}\r\nRING\r\n${pdu.slice(50)}`],
  ['the end was lost', (pdu) => pdu.slice(0, 50)],
];

describe('a text of which, on its way from the store to here,', () => {
  it.each(damages)('%s is read again before it is deleted', async (_, damage) => {
    const { bench, modem } = await ready(1, damage);
    await takenIn(bench, modem);
    expect(words(bench)).toEqual([text]);
  });

  it.each(damages)('%s when it was listed is read again before it is deleted', async (_, damage) => {
    const { bench, modem } = await ready(1, damage);
    modem.faults.loseNextNotices = 1;
    await takenIn(bench, modem);
    expect(words(bench)).toEqual([text]);
  });

  it('something is lost each time otherwise stays where it lies until it comes whole', async () => {
    let at = 50;
    const { bench, modem } = await ready(3, (pdu) => pdu.slice(0, at) + pdu.slice(at++ + 2));
    await takenIn(bench, modem);
    expect(words(bench)).toEqual([text]);
  });

  it('something is lost, and of its header when it is read again, is read once more before it is deleted', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { profile: generic, number: ours });
    let [pdus, headers] = [0, 0];
    spoil(bench, (octets) =>
      octets
        .replace(/[0-9A-F]{40,}/g, (pdu) => (pdus++ === 0 ? pdu.slice(0, 50) + pdu.slice(52) : pdu))
        .replace(/\+CMGR:/g, (header) => (headers++ === 1 ? '+CMR:' : header)),
    );
    await bench.reaches(port, 'ready');
    await takenIn(bench, modem);
    expect(headers).toBeGreaterThan(1);
    expect(words(bench)).toEqual([text]);
  });

  it('nothing was lost, though its length says so, is taken in', async () => {
    const { bench, modem } = await ready(0, (pdu) => pdu);
    modem.faults.lengthError = 2;
    await takenIn(bench, modem);
    expect(words(bench)).toEqual([text]);
  });

  it('something was lost is taken in as it is where it cannot be read again', async () => {
    const lacks = [...(generic.lacks ?? []), '+CMGR'];
    const { bench, modem } = await ready(1, (pdu) => pdu.slice(0, 50), { ...generic, lacks });
    await takenIn(bench, modem);
    expect(bench.kept).toHaveLength(1);
  });
});
