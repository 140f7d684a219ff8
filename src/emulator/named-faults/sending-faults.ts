import type { PlannedRefusal } from '../planned-refusal.ts';
import { code, milliseconds, type NamedFault, seconds, type Target, times } from './named-fault.ts';

function refuse({ modem: { faults } }: Target, refusal: Omit<PlannedRefusal, 'command'>): void {
  faults.refusals = [...faults.refusals, { command: '+CMGS', ...refusal }];
}

const cms = (number: number) => ({ kind: 'cms', code: number }) as const;

/** What goes wrong when a text is sent. */
export const sendingFaults: readonly NamedFault[] = [
  {
    word: 'hang-before-send',
    amounts: [seconds(60)],
    tells: 'falls silent at the next ctrl-Z, before the network has the text',
    strike: ({ modem, suffers, later }, length) => {
      suffers({ hangAtNextText: 'before' }, length);
      later(length, () => Object.assign(modem.faults, { hang: false }));
    },
  },
  {
    word: 'hang-after-send',
    amounts: [seconds(60)],
    tells: 'falls silent at the next ctrl-Z, once the network has the text',
    strike: ({ modem, suffers, later }, length) => {
      suffers({ hangAtNextText: 'after' }, length);
      later(length, () => Object.assign(modem.faults, { hang: false }));
    },
  },
  {
    word: 'cms-error',
    amounts: [code(500), times],
    tells: 'refuses the next texts with this +CMS ERROR, and the network never hears of them',
    strike: (target, number, count) => refuse(target, { result: cms(number), times: count, at: 'text' }),
  },
  {
    word: 'prompt-error',
    amounts: [code(500), times],
    tells: 'answers the next sends with this +CMS ERROR instead of a prompt',
    strike: (target, number, count) => refuse(target, { result: cms(number), times: count, at: 'command' }),
  },
  {
    word: 'late-error',
    amounts: [code(38), seconds(25)],
    tells: 'refuses the next text so many seconds after the network took it all the same',
    strike: (target, number, delay) =>
      refuse(target, { result: cms(number), times: 1, at: 'taken', delayMs: 1_000 * delay }),
  },
  {
    word: 'lose-result',
    amounts: [times],
    tells: 'never says that the network took the next texts',
    strike: ({ suffers }, count) => suffers({ loseNextSendResults: count }, 0),
  },
  {
    word: 'lose-ok',
    amounts: [times],
    tells: 'answers the next texts with their reference and no OK',
    strike: ({ suffers }, count) => suffers({ loseNextSendOks: count }, 0),
  },
  {
    word: 'zero-reference',
    amounts: [seconds(60)],
    tells: 'says that the reference of every text is 0',
    strike: ({ suffers }, length) => suffers({ zeroReferences: true }, length),
  },
  {
    word: 'late-result',
    amounts: [milliseconds(130_000), seconds(60)],
    tells: 'says so much later that the network took a text',
    strike: ({ suffers }, sendResultDelayMs, length) => suffers({ sendResultDelayMs }, length),
  },
  {
    word: 'lose-prompt',
    amounts: [times],
    tells: 'shows no prompt at the next sends, and waits for the text all the same',
    strike: ({ suffers }, count) => suffers({ loseNextPrompts: count }, 0),
  },
  {
    word: 'late-prompt',
    amounts: [milliseconds(12_000), seconds(60)],
    tells: 'shows its prompt so much later',
    strike: ({ suffers }, promptDelayMs, length) => suffers({ promptDelayMs }, length),
  },
  {
    word: 'bare-prompt',
    amounts: [seconds(60)],
    tells: 'shows a prompt without a blank, on a line of its own',
    strike: ({ suffers }, length) => suffers({ prompt: '\r\n>\r\n' }, length),
  },
  {
    word: 'report-first',
    amounts: [seconds(60)],
    tells: 'gives the delivery report before the reference that it belongs to',
    strike: ({ suffers }, length) => suffers({ reportBeforeResult: true }, length),
  },
];
