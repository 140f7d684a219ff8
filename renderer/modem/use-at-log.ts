import { useEffect, useRef, useState } from 'react';
import type { AtLogLine, AtLogView } from '../../src/contract/modem-actions.ts';
import { queryString, readOne } from '../api/client.ts';
import { browserTimers } from '../live/timer.ts';
import { AtLogFollower } from './at-log-follower.ts';

const mostLines = 2_000;
/** Shorter than proxies and browsers wait. */
const waitSeconds = 20;
/** What nobody sees is followed at leisure: a question that waits keeps one of the browser's few connections. */
const unseenRestMs = 10_000;

interface FollowedLog {
  /** Undefined until it was read for the first time. */
  readonly lines: readonly AtLogLine[] | undefined;
  readonly error: Error | undefined;
}

/** The newest lines of a modem's log, followed as they come unless that is paused. */
export function useAtLog(id: string, isPaused: boolean): FollowedLog {
  const [lines, setLines] = useState<readonly AtLogLine[]>();
  const [error, setError] = useState<Error>();
  const follower = useRef<AtLogFollower>(null);
  useEffect(() => {
    follower.current ??= new AtLogFollower({
      read: (after, signal) => read(id, after, signal),
      restMs: () => (document.hidden ? unseenRestMs : 0),
      timers: browserTimers,
      onLines: (more) =>
        setLines((known = []) => (more.length === 0 ? known : [...known, ...more].slice(-mostLines))),
      onError: setError,
    });
    if (isPaused) return undefined;
    const { current } = follower;
    const seenOrNot = () => {
      current.stop();
      current.start();
    };
    current.start();
    document.addEventListener('visibilitychange', seenOrNot);
    return () => {
      document.removeEventListener('visibilitychange', seenOrNot);
      current.stop();
    };
  }, [id, isPaused]);
  return { lines, error };
}

function read(id: string, after: number | undefined, signal: AbortSignal): Promise<AtLogView> {
  const query =
    after === undefined || document.hidden
      ? { after, limit: mostLines }
      : { after, limit: mostLines, wait_seconds: waitSeconds };
  return readOne(`/v1/modems/${encodeURIComponent(id)}/at-log${queryString(query)}`, signal);
}
