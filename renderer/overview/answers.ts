import type { Message } from '../../src/contract/message.ts';
import type { ModemView, OwnNumber } from '../../src/contract/modem.ts';
import { mostFailures } from '../api/queries.ts';
import { relativeMoment } from '../elements/moment.ts';
import { numberGroups } from '../elements/number-groups.ts';
import { failureOf } from '../messages/failure.ts';
import type { Route } from '../shell/route.ts';
import { type TextKey, text } from '../texts/text.ts';
import { canReceive, canSend, modemName } from './modem-words.ts';

/** One answer of the first row: what it comes to, and the evidence beneath. */
export interface Answer {
  readonly mark: 'yes' | 'no' | 'waiting' | 'failed';
  readonly words: string;
  readonly because: string;
  /** Where the evidence can be read in full. */
  readonly link?: Route;
}

export function answerSend(modems: readonly ModemView[]): Answer {
  if (modems.length === 0) return noModem();
  const unable = modems.filter((modem) => !canSend(modem));
  return { ...ability(modems, unable, 'answer.yes_from'), because: whyNot(modems, unable) };
}

export function answerReceive(modems: readonly ModemView[], last: Message | null, now: number): Answer {
  if (modems.length === 0) return noModem();
  const unable = modems.filter((modem) => !canReceive(modem));
  return { ...ability(modems, unable, 'answer.yes_on'), because: lastReceived(modems, last, now) };
}

/** `goingOut` may be handed over now; `held` cannot, and `numbers` say for whom. */
export function answerWaiting(
  waiting: { readonly goingOut: number; readonly held: number },
  numbers: readonly OwnNumber[],
): Answer {
  const count = waiting.goingOut + waiting.held;
  if (count === 0)
    return { mark: 'yes', words: text('answer.nothing'), because: text('answer.nothing_waits') };
  const parts = [
    ...(waiting.goingOut > 0 ? [text('answer.going_out', { count: waiting.goingOut })] : []),
    ...(waiting.held > 0 ? [heldWords(waiting.held, numbers)] : []),
  ];
  const status = waiting.held > 0 ? 'queued' : 'dispatched';
  return {
    mark: 'waiting',
    words: text('answer.texts', { count }),
    because: parts.join(', '),
    link: { screen: 'messages', filter: { status } },
  };
}

/** `failed`: today's failures, newest first, at most `mostFailures` of them. */
export function answerFailed(failed: readonly Message[]): Answer {
  const count = failed.length;
  if (count === 0) return { mark: 'yes', words: text('answer.nothing'), because: text('answer.no_failures') };
  return {
    mark: 'failed',
    words:
      count < mostFailures
        ? text('answer.texts', { count })
        : text('answer.more_texts', { most: mostFailures - 1 }),
    because: kindsOf(failed),
    link: { screen: 'messages', filter: { status: 'failed' } },
  };
}

function noModem(): Answer {
  return { mark: 'no', words: text('answer.no_modem'), because: text('answer.plug_in') };
}

function ability(
  modems: readonly ModemView[],
  unable: readonly ModemView[],
  partly: TextKey,
): Pick<Answer, 'mark' | 'words'> {
  const all = modems.length;
  const able = all - unable.length;
  if (able === 0) return { mark: 'no', words: text('answer.not_now') };
  return { mark: 'yes', words: able === all ? text('answer.yes') : text(partly, { able, all }) };
}

function whyNot(modems: readonly ModemView[], unable: readonly ModemView[]): string {
  const [first] = unable;
  if (!first) return text('answer.all_ready', { count: modems.length });
  const why = text(`unable.${first.state}`, { name: modemName(first) });
  const more = unable.length - 1;
  return more > 0 ? text('answer.unable_more', { first: why, more }) : why;
}

function lastReceived(modems: readonly ModemView[], last: Message | null, now: number): string {
  if (!last) return text('answer.nothing_received');
  const when = relativeMoment(Date.parse(last.created_at), now);
  const modem = modems.find((one) => one.number !== null && one.number === last.to);
  return modem?.label
    ? text('answer.last_received_on', { when, name: modem.label })
    : text('answer.last_received', { when });
}

function heldWords(held: number, numbers: readonly OwnNumber[]): string {
  const only = numbers.find((number) => !number.online && number.queue_depth === held);
  return only
    ? text('answer.held_for', { count: held, name: only.label ?? numberGroups(only.number).join(' ') })
    : text('answer.held', { count: held });
}

/** The two most frequent kinds of failure. */
function kindsOf(failed: readonly Message[]): string {
  const counts = new Map<TextKey, number>();
  for (const message of failed) {
    const kind = failureOf(message)?.kind ?? 'failed.other';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2)
    .map(([kind, count]) => text('answer.kind', { count, kind: text(kind) }))
    .join(', ');
}
