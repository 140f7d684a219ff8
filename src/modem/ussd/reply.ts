import { UssdError } from './ussd-error.ts';

/** The network's word: `question` waits for an answer, `done` and `ended` are the last. */
export interface UssdReply {
  readonly state: 'done' | 'question' | 'ended';
  readonly text: string;
}

/** @throws UssdError where the network did not answer what was asked */
export function judge(status: number, text: string): UssdReply {
  if (status === 1) return { state: 'question', text };
  if (status === 2) return { state: 'ended', text };
  if (status === 0 || text !== '') return { state: 'done', text };
  throw new UssdError(
    status === 3 ? 'busy' : status === 5 ? 'no_answer' : 'unsupported',
    failures[status] ?? `The network answered with the status ${status}, which has no meaning.`,
  );
}

const failures: Readonly<Record<number, string>> = {
  3: 'Another program on this SIM took the answer.',
  4: 'The network does not know this code, or does not serve it on this connection.',
  5: 'The network waited too long for an answer and gave up. Try it again.',
};
