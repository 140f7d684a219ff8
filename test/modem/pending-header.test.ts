import { describe, expect, it } from 'vitest';
import { encodeStatusReport } from '../../src/gsm/pdu/index.ts';
import { openChannel } from './channel-bench.ts';

const { pdu, tpduLength } = encodeStatusReport({
  recipient: '+15557654321',
  smsc: '+15550000000',
  mr: 7,
  scts: '2026-06-08T13:30:00Z',
  discharge: '2026-06-08T13:30:05Z',
  status: 0,
});
const header = `+CDS: ${tpduLength}`;
const report = { type: 'report', tpduLength, pdu };

/** What the gateway makes of lines that a modem says by itself. */
async function hearing() {
  const bench = await openChannel();
  bench.unsolicited.length = 0;
  const says = async (...lines: string[]) => {
    bench.modem.noise(lines.map((line) => `\r\n${line}\r\n`).join(''));
    await bench.clock.advance(0);
  };
  return { bench, says, heard: () => bench.unsolicited.filter(({ type }) => type !== 'other') };
}

describe('a report that is handed over', () => {
  it('is whole with its PDU on the next line', async () => {
    const { says, heard } = await hearing();
    await says(header, pdu);
    expect(heard()).toEqual([report]);
  });

  it('is whole across lines that came between its header and its PDU, and they are heard as well', async () => {
    const { says, heard } = await hearing();
    await says(header, '^RSSI:19', 'RING', pdu);
    expect(heard()).toEqual([{ type: 'ring' }, report]);
  });

  it('is nothing without its PDU, and the next one is whole', async () => {
    const { says, heard } = await hearing();
    await says(header, header, pdu);
    expect(heard()).toEqual([report]);
  });

  it('has lost its PDU when two seconds have passed', async () => {
    const { bench, says, heard } = await hearing();
    await says(header, '^RSSI:19');
    await bench.clock.advance(2_001);
    await says(pdu);
    expect(heard()).toEqual([]);
  });

  it('has lost its PDU when the answer to a command comes, and takes no line of that for it', async () => {
    const { says, heard } = await hearing();
    await says(header, 'OK', pdu);
    expect(heard()).toEqual([]);
  });

  it.each(['262011234567890', '8949020000012345678'])(
    'has lost its PDU when the number of a card comes, and does not take that for it: %s',
    async (number) => {
      const { says, heard } = await hearing();
      await says(header, number, pdu);
      expect(heard()).toEqual([]);
    },
  );

  it('is taken with a PDU that lost a digit', async () => {
    const { says, heard } = await hearing();
    await says(header, pdu.slice(1));
    expect(heard()).toEqual([{ ...report, pdu: pdu.slice(1) }]);
  });
});
