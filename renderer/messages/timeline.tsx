import {
  ArrowDownLeft,
  Ban,
  Check,
  CheckCheck,
  CircleArrowUp,
  CircleHelp,
  CircleX,
  Clock,
  Eraser,
  Inbox,
  Info,
  type LucideIcon,
} from 'lucide-react';
import type { Story } from '../../src/contract/story.ts';
import { exactMoment, localMidnight } from '../elements/moment.ts';
import { english } from '../texts/en.ts';
import { type TextKey, text } from '../texts/text.ts';
import drawer from './message-drawer.module.css';
import styles from './timeline.module.css';

const icons: Readonly<Record<string, LucideIcon>> = {
  accepted: Inbox,
  submitting: CircleArrowUp,
  segment_accepted: Check,
  segment_refused: CircleX,
  segment_ambiguous: CircleHelp,
  segment_reported: CheckCheck,
  postponed: Clock,
  cancelled: Ban,
  erased: Eraser,
  sent: Check,
  delivered: CheckCheck,
  failed: CircleX,
  received: ArrowDownLeft,
};

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});

/** A moment as the gateway writes it into a sentence. */
const utcMoment = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

interface TimelineProps {
  readonly story: Story | undefined;
  /** What the modem of the message is called, where that is known. */
  readonly modem?: string | undefined;
}

/** What happened to a message, each time after the first as the time since it was accepted. */
export function Timeline({ story, modem }: TimelineProps) {
  if (!story || story.events.length === 0) return null;
  const began = Date.parse(story.events[0]?.at ?? '');
  return (
    <section className={drawer.section}>
      <h2>{text('timeline.title')}</h2>
      <ol className={styles.timeline}>
        {story.events.map((event, place) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: a timeline only grows at its end
            key={place}
            event={event}
            modem={modem}
            began={began}
            isFirst={place === 0}
            many={story.parts.length > 1}
          />
        ))}
      </ol>
    </section>
  );
}

interface EntryProps {
  readonly event: Story['events'][number];
  readonly modem: string | undefined;
  readonly began: number;
  readonly isFirst: boolean;
  readonly many: boolean;
}

function Entry({ event, modem, began, isFirst, many }: EntryProps) {
  const Icon = icons[event.entry] ?? Info;
  const at = Date.parse(event.at);
  return (
    <li className={styles.entry} data-entry={event.entry}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {entryWords(event.entry)}
        {many && event.part !== null && ` ${text('timeline.part', { part: event.part })}`}
        {event.detail && <Detail event={event} modem={modem} />}
      </span>
      <time dateTime={event.at} title={exactMoment(at)}>
        {isFirst ? clock.format(at) : sinceWords(at - began)}
      </time>
    </li>
  );
}

/** A modem is called as everywhere else; its port is there for whoever looks closer. */
function Detail({ event, modem }: Pick<EntryProps, 'event' | 'modem'>) {
  const isPort = event.entry === 'submitting' && modem !== undefined;
  return (
    <span className={styles.detail} title={isPort ? (event.detail ?? undefined) : undefined}>
      {' '}
      {isPort ? modem : detailWords(event)}
    </span>
  );
}

/** The stable word of a failure stands above; here is its sentence. */
function detailWords({ at, entry, detail }: Story['events'][number]): string {
  const words = entry === 'failed' ? (detail ?? '').replace(/^[a-z_]+: /, '') : (detail ?? '');
  return words.replace(utcMoment, (moment) => momentWords(Date.parse(moment), Date.parse(at)));
}

/** A moment that lies on another day than what happened is told with that. */
function momentWords(moment: number, happenedAt: number): string {
  const isSameDay = localMidnight(moment) === localMidnight(happenedAt);
  return (isSameDay ? clock : dayAndClock).format(moment);
}

/** An entry of a newer gateway that has no words here is shown as it is. */
function entryWords(entry: string): string {
  const key = `timeline.${entry}`;
  return key in english ? text(key as TextKey) : entry;
}

/** "+4 s", "+3 min", "+2 h". */
function sinceWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return text('timeline.seconds', { count: seconds });
  const minutes = Math.round(seconds / 60);
  return minutes < 120
    ? text('timeline.minutes', { count: minutes })
    : text('timeline.hours', { count: Math.round(minutes / 60) });
}
