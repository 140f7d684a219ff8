import { text } from '../texts/text.ts';
import { type Notice, noticeOf } from './notices.ts';
import type { Timers } from './timer.ts';

/** So long notices are gathered: a hundred texts at once must not cover the page. */
export const gatherMs = 1_000;

/** Tells the first of what comes at about the same time, and how many more there were. */
export function noticeQueue(
  tell: (notice: Notice) => void,
  timers: Timers,
): { add(data: string): void; stop(): void } {
  let more = 0;
  let last: string | undefined;
  let timer: { cancel(): void } | undefined;
  const end = () => {
    timer = undefined;
    const tag = last === undefined ? {} : { tag: `until ${last}` };
    if (more > 0) tell({ tone: 'received', title: text('notice.many', { count: more }), body: '', ...tag });
    more = 0;
  };
  return {
    add(data) {
      const notice = noticeOf(data);
      if (!notice) return;
      if (timer) {
        more++;
        last = notice.tag;
      } else {
        tell(notice);
        timer = timers.after(gatherMs, end);
      }
    },
    stop: () => timer?.cancel(),
  };
}
