import { expect, it } from 'vitest';
import { filterFor } from '../../../renderer/shell/search-field.tsx';

it.each(['+1 555 010-0142', '+1 (555) 0100142', '001 555 0100142', '+1–555–010–0142'])(
  '%o is a number',
  (words) => expect(filterFor(words)).toEqual({ number: '+15550100142' }),
);

it.each(['door', '+1 or 2', '42', 'room 5550100142'])('%o are words', (words) =>
  expect(filterFor(words)).toEqual({ q: words }),
);

it('the zero that is only dialled within a country is no part of it', () =>
  expect(filterFor('+49 (0) 151 5302118')).toEqual({ number: '+491515302118' }));
