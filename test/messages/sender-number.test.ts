import { describe, expect, it } from 'vitest';
import { countryOfNumber, internationalSender } from '../../src/messages/sender-number.ts';

const unknown = 0;
const national = 2;
const unasked = () => {
  throw new Error('The country was asked for.');
};

describe('a sender in international form', () => {
  it.each<[string, number, string, string]>([
    ['015112345678', unknown, 'DE', '+4915112345678'],
    ['15112345678', national, 'DE', '+4915112345678'],
    ['004915112345678', unknown, 'DE', '+4915112345678'],
    ['07400123456', unknown, 'GB', '+447400123456'],
    ['4155552671', unknown, 'US', '+14155552671'],
    ['14155552671', unknown, 'US', '+14155552671'],
    ['0114915112345678', unknown, 'US', '+4915112345678'],
    ['612345678', unknown, 'ES', '+34612345678'],
    ['3123456789', unknown, 'IT', '+393123456789'],
  ])('%s (type %i, %s) is %s', (address, ton, country, expected) => {
    expect(internationalSender({ address, ton }, () => country)).toBe(expected);
  });

  it('is left alone where it came so, and no country is looked for', () => {
    expect(internationalSender({ address: '+4915112345678', ton: 1 }, unasked)).toBe('+4915112345678');
    expect(internationalSender({ address: '+999123456789', ton: 1 }, unasked)).toBe('+999123456789');
  });

  it.each<[string, string, number, string | undefined]>([
    ['a number with no country known', '015112345678', unknown, undefined],
    ['a service number', '72500', unknown, 'DE'],
    ['a service number that is called national', '22922', national, 'DE'],
    ['digits that lack their trunk prefix', '15112345678', unknown, 'DE'],
    ['digits that no numbering plan has', '0000000000', unknown, 'DE'],
    ['a name', 'Postern', 5, 'DE'],
    ['a name of digits', '4155552671', 5, 'US'],
    ['a number with marks in it', '*100#4155552671', unknown, 'US'],
    ['a country that is none', '015112345678', unknown, 'XX'],
    ['nothing', '', unknown, 'DE'],
  ])('is not guessed of %s', (_, address, ton, country) => {
    expect(internationalSender({ address, ton }, () => country)).toBeUndefined();
  });
});

it("a SIM's own number tells its country where its code is of one country alone", () => {
  expect(countryOfNumber('+4915112345678')).toBe('DE');
  expect(countryOfNumber('+15550001111')).toBeUndefined();
  expect(countryOfNumber(undefined)).toBeUndefined();
});
