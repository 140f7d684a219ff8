import { finalResult } from '../../src/gsm/at/final-result.ts';
import type { Step, Transcript } from './transcripts.ts';

/** What a host wrote, and the octets that came for it. */
export interface Turn {
  /** Without its carriage return. */
  readonly command: string;
  /** Up to the prompt, where there is one. */
  readonly answer: string;
  /** What came once the text was written; undefined where no prompt came. */
  readonly afterText: string | undefined;
  /** The lines of the answer that are neither echo nor final result, nor came unasked. */
  readonly own: readonly string[];
  /** The line that ended it; undefined where the recording has none. */
  readonly final: string | undefined;
}

/** A dialogue, turn by turn; `before` came before anything was written. */
export interface Dialogue {
  readonly before: string;
  readonly turns: readonly Turn[];
}

/** The dialogue of a transcript, in the octets of the recording or framed as V.250 5.7.1 does. */
export function dialogueOf({ steps, framing }: Transcript): Dialogue {
  const octets = ({ type, data }: Step) => {
    if (type === 'pdu' || type === 'none') return '';
    if (framing === 'exact' && /[\r\n>]/.test(data)) return data;
    return type === 'prompt' ? `\r\n${data}` : `\r\n${data}\r\n`;
  };
  const firstTyped = steps.findIndex(({ dir }) => dir === 'tx');
  const before = steps.slice(0, firstTyped < 0 ? undefined : firstTyped);
  return {
    before: before.map(octets).join(''),
    turns: steps.flatMap((step, at) => (step.dir === 'tx' ? [turnAt(steps, at, octets)] : [])),
  };
}

function turnAt(steps: readonly Step[], at: number, octets: (step: Step) => string): Turn {
  const next = steps.findIndex((step, place) => place > at && step.dir === 'tx');
  const came = steps.slice(at + 1, next < 0 ? undefined : next);
  const prompt = came.findIndex(({ type }) => type === 'prompt');
  const command = (steps[at]?.data ?? '').replace(/\r$/, '');
  const lines = came
    .filter(({ type }) => type === 'response')
    .flatMap(({ data }) => data.split(/[\r\n]+/).map((line) => line.trim()))
    .filter((line) => line !== '' && line !== command);
  const final = lines.findIndex((line) => finalResult(line));
  return {
    command,
    answer: came
      .slice(0, prompt < 0 ? undefined : prompt + 1)
      .map(octets)
      .join(''),
    afterText:
      prompt < 0
        ? undefined
        : came
            .slice(prompt + 1)
            .map(octets)
            .join(''),
    own: final < 0 ? lines : lines.slice(0, final),
    final: lines[final],
  };
}
