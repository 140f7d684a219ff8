import { describe, expect, it } from 'vitest';
import { decimal, listedValues, parameters, splitParameters } from '../../../src/gsm/at/parameters.ts';

describe('parameters', () => {
  it.each([
    ['+CMGL: 3,1,,23', ['3', '1', '', '23']],
    ['+CMGR: 0,"",50', ['0', '', '50']],
    ['+CMGR: ,,26', ['', '', '26']],
    ['+CMTI: "SM",7', ['SM', '7']],
    ['+CMTI:"ME",0', ['ME', '0']],
    ['+COPS: 0,0,"A, B (C)",7', ['0', '0', 'A, B (C)', '7']],
    ['^CPIN: READY,,10,3,10,3', ['READY', '', '10', '3', '10', '3']],
    ['+CREG: 2, 1, "0426" , "F00F"', ['2', '1', '0426', 'F00F']],
    ['+CPMS: ("ME","MT"),"ME",("SM")', ['("ME","MT")', 'ME', '("SM")']],
    ['+CMGS: 12', ['12']],
    ['+CMGS:', ['']],
    ['no colon, two', ['no colon', 'two']],
    ['+CUSD: 0,"half', ['0', '"half']],
    ['+X: "', ['"']],
    ['+X: )),(,),1', [')),(,),1']],
  ])('of %s', (line, expected) => {
    expect(parameters(line)).toEqual(expected);
  });

  it('are split outside quotes and brackets only', () => {
    expect(splitParameters('(0-3),(0,1),(1)')).toEqual(['(0-3)', '(0,1)', '(1)']);
    expect(splitParameters('')).toEqual(['']);
  });
});

it.each([
  ['7', 7],
  ['007', 7],
  ['-5', -5],
  ['', undefined],
  [undefined, undefined],
  ['7a', undefined],
  ['1.5', undefined],
  [' 7', undefined],
])('decimal(%j) is %j', (text, expected) => {
  expect(decimal(text)).toBe(expected);
});

it.each([
  ['(0-3)', [0, 1, 2, 3]],
  ['(0,2,3)', [0, 2, 3]],
  ['(0-1,4-7)', [0, 1, 4, 5, 6, 7]],
  ['(1)', [1]],
  ['2', [2]],
  ['( 0 , 1 )', [0, 1]],
  ['()', []],
  ['("SM")', []],
  ['(3-1)', []],
])('the list %s names %j', (text, expected) => {
  expect([...listedValues(text)]).toEqual(expected);
});

it('a garbled range names a bounded number of values', () => {
  expect(listedValues('(0-9999)').size).toBe(256);
});
