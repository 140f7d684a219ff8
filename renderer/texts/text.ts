import { createInstance } from 'i18next';
import { english } from './en.ts';

type PluralSuffix = '_one' | '_other';
type WithoutPlural<Key> = Key extends `${infer Stem}${PluralSuffix}` ? Stem : Key;

/** The name of a text in the catalogue; one that counts is named without `_one` and `_other`. */
export type TextKey = WithoutPlural<keyof typeof english>;

type Values = Readonly<Record<string, string | number>>;

const none: Values = {};
/** Texts without values: a table asks for the same few hundreds of times. As many as the catalogue has. */
const plainTexts = new Map<TextKey, string>();
const wholeNumbers = new Intl.NumberFormat();
const catalogue = createInstance();
void catalogue.init({
  lng: 'en',
  resources: { en: { translation: english } },
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/**
 * A text of the catalogue with its `{{names}}` filled in. `values.count` picks the singular or plural form where
 * there are two; numbers are written the way of the reader's region.
 */
export function text(key: TextKey, values: Values = none): string {
  if (values === none) return plain(key);
  const { count } = values;
  const replace = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, write(value)]));
  return catalogue.t(key, typeof count === 'number' ? { count, replace } : { replace });
}

function plain(key: TextKey): string {
  const known = plainTexts.get(key);
  if (known !== undefined) return known;
  // without values there is nothing to fill in or to choose, which `t` would look for all the same
  const found: unknown = catalogue.getResource('en', 'translation', key);
  if (typeof found !== 'string') return catalogue.t(key);
  plainTexts.set(key, found);
  return found;
}

function write(value: string | number): string {
  return typeof value === 'number' ? wholeNumbers.format(value) : apart(value);
}

const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Words of somebody else that stand among others. Those that are read from the right keep to themselves: they would turn the
 * number after them round.
 */
export function apart(words: string): string {
  return fromTheRight.test(words) ? `\u2068${words}\u2069` : words;
}

/**
 * `rtl` for words that begin with a letter that is read from the right, as `dir="auto"` has it: to a browser that is work for
 * each of the many rows of a log, and most are read from the left.
 */
export function directionOf(words: string): 'rtl' | undefined {
  if (!fromTheRight.test(words)) return undefined;
  return fromTheRight.test(/\p{L}/u.exec(words)?.[0] ?? '') ? 'rtl' : undefined;
}
