import { expect, it } from 'vitest';
import { readRecipients } from '../../../renderer/compose/recipients.ts';

const read = (pasted: string) => readRecipients(pasted).map(({ number, fault }) => fault ?? number);

it('reads numbers however people write them', () => {
  expect(read('+1 (555) 010-0142\n0049 1515 3021184, 32665\n\n; +49.151.12')).toEqual([
    '+15550100142',
    '+4915153021184',
    '32665',
    '+4915112',
  ]);
});

it.each([
  ['+1 555 O12 7788', 'letters'],
  ['0151 2345678', 'no_country'],
  ['+49151', 'too_short'],
  ['+1234567890123456', 'too_long'],
  ['#31#', 'not_a_number'],
])('%o is %s', (given, fault) => expect(read(given)).toEqual([fault]));

it('sends nobody the same text twice', () => {
  expect(read('+15550100142\n+1 555 010 0142')).toEqual(['+15550100142', 'twice']);
});

it('tells the line that a wrong number stands in', () => {
  expect(readRecipients('+15550100142\nnobody')[1]).toMatchObject({ line: 2, given: 'nobody' });
});
