import { expect, it } from 'vitest';
import { plainNumber } from '../../src/contract/written-number.ts';

it.each([
  ['as a contact is copied', '\u202a+49 151 5302118\u202c'],
  ['with a soft hyphen and a blank of no width', '+49\u00ad151\u200b5302118'],
  ['with dashes as word processors make them', '+49–151—530‑2118'],
  ['with a minus', '+49\u2212151\u22125302118'],
  ['with blanks that do not break', '+49\u00a0151\u202f5302118'],
  ['in Arabic digits', '+٤٩ ١٥١ ٥٣٠٢١١٨'],
  ['in Persian digits', '۰۰۴۹۱۵۱۵۳۰۲۱۱۸'],
  ['in Devanagari', '+४९ १५१ ५३०२११८'],
  ['as wide as Chinese letters', '＋４９（０）１５１－５３０２１１８'],
])('a number is read as it is dialled %s', (_how, written) =>
  expect(plainNumber(written)).toBe('+491515302118'),
);

it.each(['nobody', 'Zoë', '+1 555 O12'])('what is no number is left to be judged: %s', (written) =>
  expect(plainNumber(written)).toBe(written.replaceAll(' ', '')),
);

it.each(['+49151530211\u00b2', '+49151530211\u2460', '+49151530211\u00bd'])(
  'a mark of a footnote is none of the digits: %s',
  (written) => expect(plainNumber(written)).toBe(written),
);
