import type { Timers } from './timer.ts';

/** `action`, at once when it rested, and then at most once in `intervalMs`; the last call is never dropped. */
export function throttle(
  action: () => void,
  intervalMs: number,
  timers: Timers,
): { call(): void; stop(): void } {
  let resting: { cancel(): void } | undefined;
  let asked = false;
  const run = () => {
    asked = false;
    resting = timers.after(intervalMs, () => {
      resting = undefined;
      if (asked) run();
    });
    action();
  };
  return {
    call() {
      if (resting) asked = true;
      else run();
    },
    stop: () => resting?.cancel(),
  };
}
