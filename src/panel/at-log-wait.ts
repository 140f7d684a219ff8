import type { Clock, Timer } from '../clock.ts';
import type { AtLog } from '../modem/at-log/at-log.ts';

/** A command and its answer come as several lines: they are told together. */
const gatherMs = 100;

/**
 * Resolves shortly after the next line of any modem is written down, after `longestMs`, or when `ended` is aborted,
 * whichever comes first.
 */
export function nextLine(
  atLog: Pick<AtLog, 'onLine'>,
  clock: Clock,
  longestMs: number,
  ended: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let timer: Timer | undefined;
    const finish = () => {
      timer?.cancel();
      stopListening();
      ended.removeEventListener('abort', finish);
      resolve();
    };
    const stopListening = atLog.onLine(() => {
      stopListening();
      timer?.cancel();
      timer = clock.after(gatherMs, finish);
    });
    timer = clock.after(longestMs, finish);
    ended.addEventListener('abort', finish, { once: true });
    if (ended.aborted) finish();
  });
}
