import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { followSessionEnd, holdWhile, longestHoldMs } from '../../electron/session-end.ts';

it('the end of a session is held up no longer than Windows bears it', () => {
  let slept = 0;
  const pause = (ms: number) => (slept += ms);
  holdWhile(() => true, pause);
  expect(slept).toBe(longestHoldMs);
  slept = 0;
  holdWhile(() => slept < 100, pause);
  expect(slept).toBe(100);
});

it('is not held up at all where no gateway runs', async () => {
  const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(ended, 'exit');
  for (const pid of [undefined, ended.pid]) {
    let stops = 0;
    const listeners: (() => void)[] = [];
    followSessionEnd(
      { on: (_event, listener) => listeners.push(listener) },
      { pid, stop: async () => void stops++ },
    );
    for (const listener of listeners) listener();
    expect(stops).toBe(1);
  }
});
