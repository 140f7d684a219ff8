import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { outliveTerminal, passOn } from '../../electron/output.ts';

/** A terminal: what is `taken` of it, until it is stopped or closed. */
function terminal() {
  let taken = '';
  let isStopped = false;
  const stream = new Writable({
    highWaterMark: 16,
    write(piece, _encoding, done) {
      taken += String(piece);
      if (!isStopped) done();
    },
  });
  const stop = () => {
    isStopped = true;
  };
  return { stream, stop, taken: () => taken };
}

/** Writes into the gateway's output and waits until all of it was read. */
async function writes(output: PassThrough, count: number): Promise<void> {
  for (let line = 0; line < count; line++) {
    if (!output.write(`line ${line} of what the gateway says\n`))
      await new Promise((resolve) => output.once('drain', resolve));
  }
  await new Promise((resolve) => setImmediate(resolve));
}

it('passes on what the gateway writes', async () => {
  const { stream, taken } = terminal();
  const output = new PassThrough();
  passOn(output, stream);
  await writes(output, 2);
  expect(taken()).toBe('line 0 of what the gateway says\nline 1 of what the gateway says\n');
});

it('holds the gateway up neither for a terminal that takes no more nor for one that is gone, and keeps nothing for it', async () => {
  for (const end of ['stopped', 'gone'] as const) {
    const { stream, stop } = terminal();
    outliveTerminal([stream]);
    const output = new PassThrough();
    passOn(output, stream);
    if (end === 'stopped') stop();
    else stream.destroy(new Error('write EPIPE'));
    await writes(output, 10_000);
    expect(output.readableLength, end).toBe(0);
    expect(stream.writableLength, end).toBeLessThan(100);
  }
});
