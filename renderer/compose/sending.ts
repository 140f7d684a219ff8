import type { AcceptedBatch } from '../../src/contract/batch.ts';
import type { AcceptedMessage } from '../../src/contract/message.ts';
import { type Act, useAct } from '../api/act.ts';
import { create } from '../api/repeatable.ts';
import { toast } from '../elements/toasts.tsx';
import { text } from '../texts/text.ts';
import type { Draft } from './compose.tsx';
import { isGood, readRecipients } from './recipients.ts';

/** So much of a text is what its batch is called. */
const longestName = 60;
/** Of so many refused numbers is told at once why. */
const mostTold = 3;

type Answer = AcceptedMessage | AcceptedBatch;

/** A number that a text was not taken for, and the gateway's reason. */
export interface Refused {
  readonly number: string;
  readonly why: string;
}

/**
 * Sends what stands in the form. A single text leads to its page, where its way can be watched; a batch shows beside the
 * form, and what was refused of it stays there.
 */
export function useSend(onSent: (sent: Draft, refused: string) => void): Act<Draft, Answer> {
  return useAct<Draft, Answer>({
    run: (draft) => {
      const messages = messagesOf(draft);
      const [only] = messages;
      if (messages.length === 1) return create('/v1/sms/send', only);
      const name = nameOf(draft.body);
      return create('/v1/sms/batch', { messages, ...(name && { name }) });
    },
    done: doneWords,
    after: (answer, sent) => {
      const refused = refusedOf(sent, answer);
      if ('refused' in answer && refused.length > 0) tellRefused(answer, refused);
      onSent(sent, refused.map(({ number }) => number).join('\n'));
    },
    leadsTo: (sent) =>
      'message_id' in sent ? { screen: 'messages', filter: {}, open: sent.message_id } : undefined,
    silent: true,
  });
}

/** In UTC as the API takes it; undefined for a year that nobody can mean, and for now. */
export function momentOf(local: string): string | undefined {
  const moment = Date.parse(local);
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString();
}

/** Which of the texts that were asked for the gateway did not take. */
export function refusedOf(sent: Draft, answer: Answer): readonly Refused[] {
  if (!('results' in answer)) return [];
  const numbers = messagesOf(sent).map(({ to }) => to);
  return answer.results.flatMap((result, place) =>
    result.success ? [] : [{ number: numbers[place] ?? '', why: result.error.message }],
  );
}

/** The beginning of a text, whole characters of it; empty for one that begins with nothing to see. */
export function nameOf(body: string): string {
  return [...body.trim()].slice(0, longestName).join('');
}

function messagesOf({ from, to, body, at }: Draft) {
  const recipients = readRecipients(to).filter(isGood);
  return recipients.map(({ number }) => ({ from, to: number, body, scheduled_at: momentOf(at) }));
}

function doneWords(answer: Answer): string | undefined {
  if (!('accepted' in answer)) return text('compose.done');
  const { accepted: count, refused } = answer;
  return refused === 0 ? text('compose.batch_accepted', { count }) : undefined;
}

function tellRefused({ accepted: count }: AcceptedBatch, refused: readonly Refused[]): void {
  const told = refused.slice(0, mostTold).map((one) => text('compose.refused', { ...one }));
  const more = refused.length - told.length;
  toast({
    tone: 'failed',
    title: text('compose.batch_done', { count, refused: refused.length }),
    body: [
      ...told,
      ...(more > 0 ? [text('compose.refused_more', { count: more })] : []),
      text('compose.refused_kept'),
    ].join(' '),
  });
}
