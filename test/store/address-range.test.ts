import { expect, test } from 'vitest';
import { isWithin } from '../../src/store/address-range.ts';

test.each([
  ['192.168.1.20', ['192.168.1.20'], true],
  ['192.168.1.21', ['192.168.1.20'], false],
  ['::ffff:192.168.1.20', ['192.168.1.0/24'], true],
  ['192.168.2.1', ['192.168.1.0/24'], false],
  ['10.255.0.1', ['192.168.1.0/24', '10.0.0.0/8'], true],
  ['2001:db8:1::7', ['2001:db8::/32'], true],
  ['2001:db9::7', ['2001:db8::/32'], false],
  ['fe80::1%eth0', ['fe80::/10'], true],
  ['::1', ['127.0.0.0/8'], false],
  ['', ['0.0.0.0/0', '::/0'], false],
])('%s lies within %j: %s', (address, ranges, expected) => {
  expect(isWithin(address, ranges)).toBe(expected);
});
