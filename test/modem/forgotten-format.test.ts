import { describe, expect, it } from 'vitest';
import { type EmulatedModem, generic } from '../../src/emulator/index.ts';
import { decodePdu } from '../../src/gsm/pdu/index.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const friend = '+15557654321';

async function ready() {
  const bench = new FleetBench();
  const modem = bench.station(port, { profile: generic, number: ours });
  await bench.reaches(port, 'ready');
  return { bench, modem };
}

const words = ({ kept }: FleetBench) =>
  kept.map(({ pdu }) => (decodePdu(pdu, { direction: 'MT' }) as { text?: string }).text);

/** What another program does to a modem that it shares, or a reset of which nobody is told. */
function toTextMode(modem: EmulatedModem): void {
  modem.settings.messageFormat = 1;
}

describe('a modem that is in text mode though nobody told', () => {
  it.each([
    'Hello',
    '12345678',
    'CAFEBABE',
    '07911326040000F0040791947121F400006211622103514007E63A9B4D03C500',
  ])('gives the text "%s" as it was sent', async (text) => {
    const { bench, modem } = await ready();
    toTextMode(modem);
    bench.network.deliver({ from: friend, to: ours, text });
    await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 5_000);
    expect(words(bench)).toEqual([text]);
    expect(modem.settings.messageFormat).toBe(0);
  });

  it('is not told of another text by the words of one', async () => {
    const { bench, modem } = await ready();
    modem.faults.loseNextNotices = 1;
    const text = '+CMTI: "ME",9';
    bench.network.deliver({ from: friend, to: ours, text });
    bench.commands();
    toTextMode(modem);
    modem.unsolicited('+CMTI: "ME",1');
    await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 5_000);
    expect(words(bench)).toEqual([text]);
    const reads = bench.commands().filter((command) => command.startsWith('AT+CMGR'));
    expect(reads.length).toBeLessThan(5);
  });

  it('keeps what somebody drafted there', async () => {
    const { bench, modem } = await ready();
    modem.messages.store('ME').add({ status: 2, pdu: '0001000B915155674523F100000431D98C06', length: 17 });
    toTextMode(modem);
    modem.unsolicited('+CMTI: "ME",1');
    await bench.clock.advance(120_000);
    expect(bench.kept).toEqual([]);
    expect(modem.messages.store('ME').used).toBe(1);
  });
});
