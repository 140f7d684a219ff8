import type { Stats } from '../../src/contract/stats.ts';

/** What became of the texts of one hour. `sent` are those without a report, or not yet; the rest say it themselves. */
export interface Counts {
  readonly delivered: number;
  readonly sent: number;
  readonly failed: number;
  readonly received: number;
}

const none: Counts = { delivered: 0, sent: 0, failed: 0, received: 0 };
const hourMs = 3_600_000;

/** When the reader's hour begins that was 24 hours before the last one counted. All in milliseconds since 1970. */
export function lastDayOf({ to }: Stats): number {
  return new Date(Date.parse(to) - 24 * hourMs).setMinutes(0, 0, 0);
}

/** Each hour of the last day where the reader is, oldest first, those without texts too. */
export function hoursOf(stats: Stats): readonly (Counts & { readonly at: number })[] {
  const { to, counts } = stats;
  const first = lastDayOf(stats);
  const length = Math.ceil((Date.parse(to) - first) / hourMs);
  const hours = Array.from({ length }, (_, place) => ({ at: first + place * hourMs, ...none }));
  for (const count of counts) {
    const place = Math.floor((Date.parse(count.at) - first) / hourMs);
    const hour = hours[place];
    if (hour) hours[place] = { ...hour, ...added(hour, count) };
  }
  return hours;
}

/** All of it since `since`, of one number of ours or of all. */
export function totalOf({ counts }: Stats, since: number, number?: string | null): Counts {
  return counts
    .filter((count) => Date.parse(count.at) >= since && (number === undefined || count.number === number))
    .reduce<Counts>(added, none);
}

function added(to: Counts, { status, messages }: Stats['counts'][number]): Counts {
  const kind = status === 'queued' || status === 'dispatched' ? undefined : status;
  return {
    delivered: to.delivered,
    sent: to.sent,
    failed: to.failed,
    received: to.received,
    ...(kind && { [kind]: to[kind] + messages }),
  };
}
