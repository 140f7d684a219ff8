import { expect, it } from 'vitest';
import { readRecipients, repairOf, withRecipient } from '../../../renderer/compose/recipients.ts';

const read = (pasted: string) => readRecipients(pasted).map(({ number, fault }) => fault ?? number);

it('reads numbers however people write them', () => {
  expect(read('+1 (555) 010-0142\n0049 1515 3021184, 32665\n\n; +49.151.12')).toEqual([
    '+15550100142',
    '+4915153021184',
    '32665',
    '+4915112',
  ]);
});

it('parts numbers also at the commas of Arabic and Chinese', () => {
  expect(read('+15550100142، +15550100143，+15550100144、+15550100145；+15550100146')).toHaveLength(5);
});

it('leaves out the zero in brackets that is only dialled within a country, but in Italy', () => {
  expect(read('+49 (0) 151 5302118; 0049(0)151-5302119, +39 (0) 6 123456')).toEqual([
    '+491515302118',
    '+491515302119',
    '+3906123456',
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

it.each([
  ['+1 555 O12 7788', '+15550127788'],
  ['0151 2345678', '+491512345678'],
  ['nobody', undefined],
  ['+49151', undefined],
])('%o was probably meant to be %s', (given, meant) => {
  const [wrong] = readRecipients(given);
  expect(wrong && repairOf(wrong, '+4915117730021')).toBe(meant);
});

it('mends one number where it stands, or takes it out, and leaves the others as they are', () => {
  const pasted = '+15550100142\n 0151 2345678 ; 32665\r\nnobody';
  const [, second, , last] = readRecipients(pasted);
  if (!second || !last) throw new Error('there are four');
  expect(withRecipient(pasted, second, '+491512345678')).toBe(
    '+15550100142\n +491512345678 ; 32665\r\nnobody',
  );
  expect(withRecipient(pasted, second)).toBe('+15550100142\n 32665\r\nnobody');
  expect(last.line).toBe(3);
});
