import { describe, expect, it } from 'vitest';
import { encodeDeliver } from '../../src/gsm/pdu/index.ts';
import { DirectArrivals } from '../../src/modem/direct-arrivals.ts';
import { ManualClock } from '../manual-clock.ts';
import { lineOver } from './channel-bench.ts';
import { ScriptedPort } from './scripted-port.ts';

const { pdu, tpduLength } = encodeDeliver({
  from: '+15557654321',
  smsc: '+15550000000',
  scts: '2026-06-08T13:30:00Z',
  text: 'ok',
} as Parameters<typeof encodeDeliver>[0]);
const text = `\r\n+CMT: ,${tpduLength}\r\n${pdu}\r\n`;
const confirmed = '\r\nOK\r\n';

/** A line on which texts come directly; for each that was kept, whether it is another than those before. */
async function directLine(acknowledged = true) {
  const port = new ScriptedPort();
  const line = lineOver(port, new ManualClock());
  port.answers.set('AT', confirmed);
  const starting = line.channel.start();
  await line.clock.advance(1_000);
  await starting;
  const kept: boolean[] = [];
  const arrivals = new DirectArrivals(line.channel, ({ anew }) => {
    kept.push(anew ?? false);
    return true;
  });
  line.channel.on('unsolicited', (event) => {
    if (event.type === 'message') void arrivals.take(event.pdu, event.tpduLength, acknowledged);
  });
  const says = async (octets: string) => {
    port.says(octets);
    await line.clock.advance(0);
  };
  return { port, line, kept, says };
}

describe('a direct text of the very same bytes as the one before', () => {
  it('is another one when the first was acknowledged', async () => {
    const { kept, says, line } = await directLine();
    await says(text);
    expect(line.written.at(-1)).toBe('AT+CNMA\r');
    await says(confirmed);
    await says(text);
    expect(kept).toEqual([false, true]);
  });

  it('is another one even when it comes in one breath with the OK', async () => {
    const { kept, says } = await directLine();
    await says(text);
    await says(`${confirmed}${text}`);
    expect(kept).toEqual([false, true]);
  });

  it('is the same one when it comes before the OK', async () => {
    const { kept, says } = await directLine();
    await says(text);
    await says(`${text}${confirmed}`);
    expect(kept).toEqual([false, false]);
  });

  it.each([
    ['refused', '\r\n+CMS ERROR: 340\r\n'],
    ['refused without a reason', '\r\nERROR\r\n'],
  ])('is the same one when the acknowledgement was %s', async (_, answer) => {
    const { kept, says } = await directLine();
    await says(text);
    await says(answer);
    await says(text);
    expect(kept).toEqual([false, false]);
  });

  it('is the same one when the acknowledgement was never answered', async () => {
    const { kept, says, line } = await directLine();
    await says(text);
    await line.clock.advance(15_000);
    await says(text);
    expect(kept).toEqual([false, false]);
  });

  it('is the same one where nothing is acknowledged', async () => {
    const { kept, says, line } = await directLine(false);
    await says(text);
    await says(text);
    expect(kept).toEqual([false, false]);
    expect(line.written.at(-1)).toBe('AT\r');
  });

  it('and acknowledged in its turn, is followed by a third', async () => {
    const { kept, says } = await directLine();
    for (let count = 0; count < 3; count++) {
      await says(text);
      await says(confirmed);
    }
    expect(kept).toEqual([false, true, true]);
  });
});
