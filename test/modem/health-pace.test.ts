import { describe, expect, test } from 'vitest';
import { readSignal } from '../../src/gsm/at/commands.ts';
import { type ChannelBench, hello, openChannel } from './channel-bench.ts';
import { settled } from './eventually.ts';

const texts = 200;

/** Sends so many texts, all handed in at once, with `beside` run next to them; how long the texts took. */
async function sendAll(bench: ChannelBench, beside: () => Promise<unknown> = async () => undefined) {
  const startedAt = bench.clock.monotonic();
  const all = Array.from({ length: texts }, () =>
    bench.channel.submit(hello.pdu, hello.tpduLength, () => undefined),
  );
  const besides = beside();
  await settled(bench.clock, Promise.all(all), 3_600_000);
  const tookMs = bench.clock.monotonic() - startedAt;
  await settled(bench.clock, besides);
  return tookMs;
}

/** Each text takes a second, each answer 20 ms. */
const slow = { network: { latencyMs: 1_000 }, faults: { answerDelayMs: 20 } };

/** Two samples of a dozen commands, one command at a time as a session does. */
async function sample({ channel }: ChannelBench): Promise<void> {
  for (let command = 0; command < 24; command++) await channel.run(readSignal);
}

describe('health beside a long queue of texts', () => {
  test('costs less than one part in a hundred, however much of it is asked for', async () => {
    const alone = await sendAll(await openChannel(slow));
    const bench = await openChannel(slow);
    let asked = 0;
    const endlessly = async () => {
      for (const end = bench.clock.monotonic() + alone; bench.clock.monotonic() < end; asked++)
        await bench.channel.run(readSignal);
    };
    const beside = await sendAll(bench, endlessly);
    expect(asked).toBeGreaterThan(50);
    expect(beside / alone).toBeLessThan(1.01);
  });

  test('is not kept out by it', async () => {
    const bench = await openChannel(slow);
    let textsBefore = 0;
    await sendAll(bench, async () => {
      await sample(bench);
      textsBefore = bench.written.filter((line) => line.startsWith('AT+CMGS')).length;
    });
    expect(textsBefore).toBeGreaterThan(0);
    expect(textsBefore).toBeLessThan(texts);
  });

  test('never comes between a prompt and its text', async () => {
    const bench = await openChannel(slow);
    await sendAll(bench, () => sample(bench));
    const after = bench.written.flatMap((line, at) =>
      line.startsWith('AT+CMGS') ? [bench.written[at + 1]] : [],
    );
    expect(after).toHaveLength(texts);
    expect(after.filter((line) => !line?.endsWith('\x1a'))).toEqual([]);
  });

  test('goes on at once when no text waits', async () => {
    const bench = await openChannel(slow);
    const startedAt = bench.clock.monotonic();
    await settled(bench.clock, sample(bench));
    expect(bench.clock.monotonic() - startedAt).toBeLessThan(1_000);
  });
});
