import { describe, expect, it } from 'vitest';
import type { NamedFault } from '../../../src/emulator/index.ts';
import { families, Trial, unharmed, type Verdict } from './trial.ts';

/** What a fault may do to texts that are sent, beyond holding them up, and why it cannot be helped. */
export interface Leeway {
  /** A report was given to a host that could not hear it: its text stays `sent`. */
  readonly mayStaySent?: boolean;
  /** Nothing tells what became of the text in hand: it may be given up once the time for evidence is over. */
  readonly mayStayUnknown?: boolean;
  /** Only a text of several segments may: of one segment a report that comes later settles even what was given up. */
  readonly mayEndLongTexts?: boolean;
  /** Somebody has to pull it out and put it in again. */
  readonly needsAPerson?: boolean;
}

/** Faults of one kind, and the leeway of those that have any. */
export interface Kind {
  readonly name: string;
  readonly faults: readonly NamedFault[];
  readonly leeways: Readonly<Record<string, Leeway>>;
}

/** The families that the fault at a place among those of its kind strikes. */
type Choice = (place: number) => readonly string[];

const familiesAtOnce = 2;

/** A few, the next ones for the next fault. */
export const someFamilies: Choice = (place) => {
  const from = place * familiesAtOnce;
  return Array.from({ length: familiesAtOnce }, (_, step) => families[(from + step) % families.length] ?? '');
};

/** All but those few. */
export const allOtherFamilies: Choice = (place) => {
  const some = someFamilies(place);
  return families.filter((family) => !some.includes(family));
};

const replugAfterMs = 300_000;
const unknown = 'failed: ambiguous_submit';

/** Strikes modems with each fault of a kind, and looks at what became of all texts. */
export function matrix({ name, faults, leeways }: Kind, choose: Choice): void {
  describe(name, () => {
    it.each(faults.map(({ word }, place) => ({ word, struck: choose(place) })))(
      '$word loses and doubles no text, and leaves every modem ready',
      { timeout: 240_000 },
      async ({ word, struck }) => {
        const leeway = leeways[word] ?? {};
        const trial = await Trial.begin(struck);
        await trial.suffer(word);
        if (leeway.needsAPerson) await trial.replugged(replugAfterMs);
        await trial.settle();
        const found = Object.entries(trial.verdicts());
        const judged = found.map(([family, verdict]) => [family, excused(verdict, leeway)]);
        expect(Object.fromEntries(judged)).toEqual(
          Object.fromEntries(found.map(([family]) => [family, unharmed])),
        );
      },
    );
  });
}

/** The verdict with what the fault explains taken for harmless; a text is never taken twice, whatever the fault. */
function excused(verdict: Verdict, leeway: Leeway): Verdict {
  const texts = verdict.texts.map((text, place) => {
    const harmless = unharmed.texts[place];
    const sound = text.taken.every((times) => times <= 1);
    return harmless && sound && isExcused(text, harmless.taken, leeway) ? harmless : text;
  });
  return { ...verdict, texts };
}

function isExcused(
  { ended, taken }: Verdict['texts'][number],
  whole: readonly number[],
  { mayStaySent, mayStayUnknown, mayEndLongTexts }: Leeway,
): boolean {
  const all = taken.every((times) => times === 1);
  if (ended === 'sent') return Boolean(mayStaySent) && all;
  return ended === unknown && (Boolean(mayStayUnknown) || (Boolean(mayEndLongTexts) && whole.length > 1));
}
