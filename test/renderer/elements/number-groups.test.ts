import { expect, it } from 'vitest';
import { numberGroups } from '../../../renderer/elements/number-groups.ts';

it.each([
  ['+15550100142', '+1 555 010 0142'],
  ['+74951234567', '+7 495 123 4567'],
  ['+4915117730021', '+49 151 177 300 21'],
  ['+447911123456', '+44 791 112 3456'],
  ['+35312345678', '+353 123 456 78'],
  ['+6591234567', '+65 912 345 67'],
  ['+999123456', '+999 123 456'],
])('parts %s into country and groups', (number, grouped) => {
  expect(numberGroups(number).join(' ')).toBe(grouped);
  expect(numberGroups(number).join('')).toBe(number);
});

it.each(['Telekom', '80085', '+1', '', '+0123456789', '00491511234567'])('leaves %o as it is', (sender) => {
  expect(numberGroups(sender)).toEqual([sender]);
});
