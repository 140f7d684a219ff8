import { english } from './en.ts';

type PluralSuffix = '_one' | '_other';
type WithoutPlural<Key> = Key extends `${infer Stem}${PluralSuffix}` ? Stem : Key;

/** The name of a text in the catalogue; one that counts is named without `_one` and `_other`. */
export type TextKey = WithoutPlural<keyof typeof english>;

type Values = Readonly<Record<string, string | number>>;

const catalogue: Readonly<Record<string, string>> = english;
const plurals = new Intl.PluralRules('en');
const wholeNumbers = new Intl.NumberFormat();

/**
 * A text of the catalogue with its `{{names}}` filled in. `values.count` picks the singular or plural form where
 * there are two; numbers are written the way of the reader's region.
 */
export function text(key: TextKey, values: Values = {}): string {
  const { count } = values;
  const form = typeof count === 'number' ? catalogue[`${key}_${plurals.select(count)}`] : undefined;
  return (form ?? catalogue[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => write(values[name]));
}

function write(value: string | number | undefined): string {
  return typeof value === 'number' ? wholeNumbers.format(value) : (value ?? '');
}
