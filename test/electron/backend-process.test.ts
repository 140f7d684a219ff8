import { describe, expect, it } from 'vitest';
import { wellAfterMs } from '../../electron/back-off.ts';
import {
  BackendProcess,
  type BackendState,
  startDeadlineMs,
  stopDeadlineMs,
} from '../../electron/backend-process.ts';
import { ManualClock } from '../manual-clock.ts';
import { UtilityDouble } from './utility-double.ts';

const ready = {
  type: 'ready',
  address: 'http://127.0.0.1:8026',
  link: 'http://127.0.0.1:8026/session?token=one',
} as const;

/** A supervisor with the processes it has forked so far. */
function supervised(settings = async () => ({ version: '1.0.0' })) {
  const clock = new ManualClock();
  const forked: UtilityDouble[] = [];
  const names: string[] = [];
  const states: BackendState[] = [];
  const links: string[] = [];
  const glances: number[] = [];
  const backend = new BackendProcess({
    fork(name) {
      names.push(name);
      const handle = new UtilityDouble();
      forked.push(handle);
      return handle;
    },
    timing: clock,
    settings,
    onState: (state) => states.push(state),
    onReady: (_address, link) => links.push(link),
    onLink: (link) => links.push(link),
    onGlance: (glance) => glances.push(glance.waiting),
    onNotice: () => undefined,
  });
  const current = () => {
    const handle = forked.at(-1);
    if (!handle) throw new Error('nothing was forked');
    return handle;
  };
  return { backend, clock, forked, names, states, links, glances, current };
}

describe('the supervised gateway', () => {
  it('is told its settings, and is running once it says that it is ready', async () => {
    const { backend, clock, current, links } = supervised();
    backend.start();
    await clock.advance(0);
    expect(backend.state).toEqual({ kind: 'starting' });
    expect(current().received).toEqual([{ type: 'start', settings: { version: '1.0.0' } }]);
    current().says(ready);
    expect(backend.state).toEqual({ kind: 'running' });
    expect(links).toEqual([ready.link]);
  });

  it('is stopped in order and started again where a person wants that in the pages, which is no crash', async () => {
    const { backend, clock, forked, current } = supervised();
    backend.start();
    current().says(ready);
    const first = current();
    first.says({ type: 'restart' });
    expect(backend.state).toEqual({ kind: 'stopping' });
    expect(first.received).toContainEqual({ type: 'stop' });
    first.ends(0);
    await clock.advance(0);
    expect(forked).toHaveLength(2);
    expect(backend.state).toEqual({ kind: 'starting' });
  });

  it('is started again after a crash, each time later, and on the address it had', async () => {
    const { backend, clock, forked, current } = supervised();
    backend.start();
    current().says(ready);
    current().ends(139);
    expect(backend.state).toMatchObject({ kind: 'waiting', retryInMs: 1_000 });
    await clock.advance(999);
    expect(forked).toHaveLength(1);
    await clock.advance(1);
    expect(forked).toHaveLength(2);
    await clock.advance(0);
    expect(current().received).toEqual([{ type: 'start', settings: { version: '1.0.0', port: 8026 } }]);
    current().ends(1);
    expect(backend.state).toMatchObject({ kind: 'waiting', retryInMs: 2_000, crashes: 2 });
  });

  it('begins with the shortest wait again after it ran well', async () => {
    const { backend, clock, current } = supervised();
    backend.start();
    current().ends(1);
    await clock.advance(1_000);
    current().says(ready);
    await clock.advance(wellAfterMs);
    current().ends(1);
    expect(backend.state).toMatchObject({ kind: 'waiting', retryInMs: 1_000 });
  });

  it('counts one end once, whether Electron tells of it first by "gone" or by "exit"', () => {
    const { backend, current, names, states } = supervised();
    backend.start();
    const handle = current();
    backend.gone(names[0], 'crashed', 139);
    handle.ends(5);
    backend.gone(names[0], 'crashed', 139);
    expect(states.filter((state) => state.kind === 'waiting')).toEqual([
      { kind: 'waiting', reason: 'It crashed (SIGSEGV).', retryInMs: 1_000, crashes: 1 },
    ]);
  });

  it('says why it ended: its own word before an error nobody caught before its exit code', () => {
    const withWord = supervised();
    withWord.backend.start();
    withWord.current().stderr.emit('data', 'some log line\n');
    withWord.current().says({ type: 'failed', reason: 'The data directory is in use.' });
    withWord.current().ends(1);
    expect(withWord.backend.state).toMatchObject({ reason: 'The data directory is in use.' });

    const withLine = supervised();
    withLine.backend.start();
    withLine.current().stderr.emit('data', 'first\nTypeError: no mo');
    withLine.current().stderr.emit('data', 'dem\n    at start\n');
    withLine.current().ends(1);
    expect(withLine.backend.state).toMatchObject({ reason: 'no modem' });

    const withCode = supervised();
    withCode.backend.start();
    withCode.current().ends(139);
    expect(withCode.backend.state).toMatchObject({ reason: 'It crashed (SIGSEGV).' });
  });

  it('is killed when it is not ready in time, and the reason says so', async () => {
    const { backend, clock, current } = supervised();
    backend.start();
    await clock.advance(startDeadlineMs);
    expect(current().killed).toBe(true);
    current().ends(15);
    expect(backend.state).toMatchObject({ reason: 'It was not ready after 60 seconds.' });
  });

  it('is given its time from when it knows its settings: a person may be asked for the key before', async () => {
    const asked = Promise.withResolvers<{ version: string }>();
    const { backend, clock, current } = supervised(() => asked.promise);
    backend.start();
    await clock.advance(10 * startDeadlineMs);
    expect(current().killed).toBe(false);
    asked.resolve({ version: '1.0.0' });
    await clock.advance(startDeadlineMs - 1);
    expect(current().killed).toBe(false);
    await clock.advance(1);
    expect(current().killed).toBe(true);
  });

  it('is started at once when a person asks for it, and then only once', async () => {
    const { backend, clock, forked, current } = supervised();
    backend.start();
    backend.restartNow();
    expect(forked).toHaveLength(1);
    current().ends(1);
    backend.restartNow();
    expect(forked).toHaveLength(2);
    await clock.advance(5_000);
    expect(forked).toHaveLength(2);
  });

  it('is stopped in order, and is not started again', async () => {
    const { backend, clock, forked, current } = supervised();
    backend.start();
    current().says(ready);
    let stopped = false;
    const stopping = backend.stop().then(() => {
      stopped = true;
    });
    expect(current().received.at(-1)).toEqual({ type: 'stop' });
    await clock.advance(100);
    expect(stopped).toBe(false);
    current().ends(0);
    await stopping;
    await clock.advance(120_000);
    expect(forked).toHaveLength(1);
    expect(current().killed).toBe(false);
  });

  it('is killed when it does not stop in time; a second stop changes nothing', async () => {
    const { backend, clock, current } = supervised();
    backend.start();
    const first = backend.stop();
    const second = backend.stop();
    expect(current().received.filter(({ type }) => type === 'stop')).toHaveLength(1);
    await clock.advance(stopDeadlineMs);
    await Promise.all([first, second]);
    expect(current().killed).toBe(true);
  });

  it('stops at once while it waits to be started again', async () => {
    const { backend, clock, forked, current } = supervised();
    backend.start();
    current().ends(1);
    await backend.stop();
    await clock.advance(120_000);
    expect(forked).toHaveLength(1);
  });

  it('gives a fresh link for a window that is opened later', () => {
    const { backend, current, links } = supervised();
    backend.start();
    backend.requestLink();
    expect(current().received).toEqual([]);
    current().says(ready);
    backend.requestLink();
    expect(current().received.at(-1)).toEqual({ type: 'link' });
    current().says({ type: 'link', link: 'http://127.0.0.1:8026/session?token=two' });
    expect(links.at(-1)).toBe('http://127.0.0.1:8026/session?token=two');
  });

  it('passes on how all stands, and what a person wants of its sending', () => {
    const { backend, current, glances } = supervised();
    backend.start();
    current().says(ready);
    current().says({ type: 'glance', glance: { sending_paused: false, waiting: 3, modems: [] } });
    expect(glances).toEqual([3]);
    backend.pauseSending(true);
    expect(current().received.at(-1)).toEqual({ type: 'pause', paused: true });
  });

  it('is started anew in order when its settings change, and not once it is to stop for good', async () => {
    const { backend, clock, forked, current } = supervised();
    backend.start();
    current().says(ready);
    const restarted = backend.restart();
    expect(current().received.at(-1)).toEqual({ type: 'stop' });
    current().ends(0);
    await restarted;
    await clock.advance(0);
    expect(forked).toHaveLength(2);
    expect(current().received).toEqual([{ type: 'start', settings: { version: '1.0.0' } }]);
    const again = backend.restart();
    const stopped = backend.stop();
    current().ends(0);
    await Promise.all([again, stopped]);
    expect(forked).toHaveLength(2);
  });

  it('is started anew once where that is asked for twice before it has stopped', async () => {
    const { backend, clock, forked, current } = supervised();
    backend.start();
    current().says(ready);
    const both = [backend.restart(), backend.restart()];
    current().ends(0);
    await Promise.all(both);
    await clock.advance(0);
    expect(forked).toHaveLength(2);
    current().says(ready);
    void backend.restart();
    current().ends(0);
    await clock.advance(0);
    expect(forked).toHaveLength(3);
  });

  it('is not taken for gone when Electron tells late of the end of the one before it', async () => {
    const { backend, current, names } = supervised();
    backend.start();
    current().says(ready);
    const restarted = backend.restart();
    current().ends(1);
    await restarted;
    expect(new Set(names).size).toBe(2);
    current().says(ready);
    backend.gone(names[0], 'abnormal-exit', 1);
    expect(backend.state).toEqual({ kind: 'running' });
    backend.gone(names[1], 'abnormal-exit', 1);
    expect(backend.state).toMatchObject({ kind: 'waiting', crashes: 1 });
  });

  it('says what its engine gave up over', () => {
    const { backend, current } = supervised();
    backend.start();
    const report = JSON.stringify({
      header: { reportVersion: 5, event: 'Allocation failed', trigger: 'FatalError' },
    });
    current().givesUp('v8::internal::Heap', report);
    expect(backend.state).toEqual({ kind: 'starting' });
    current().ends(6);
    expect(backend.state).toMatchObject({ kind: 'waiting', reason: 'It crashed (Allocation failed).' });
  });

  it('does not start without its settings, and says why', async () => {
    const clock = new ManualClock();
    const handle = new UtilityDouble();
    const nothing = () => undefined;
    const backend = new BackendProcess({
      fork: () => handle,
      timing: clock,
      settings: () => Promise.reject(new Error('The secrets were sealed elsewhere.')),
      onState: nothing,
      onReady: nothing,
      onLink: nothing,
      onGlance: nothing,
      onNotice: nothing,
    });
    backend.start();
    await clock.advance(0);
    expect(handle.killed).toBe(true);
    handle.ends(15);
    expect(backend.state).toMatchObject({ kind: 'waiting', reason: 'The secrets were sealed elsewhere.' });
  });
});
