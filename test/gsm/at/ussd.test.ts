import { describe, expect, it } from 'vitest';
import { readCharacterSet, requestUssd, ussdResultOf } from '../../../src/gsm/at/ussd.ts';

describe('+CUSD', () => {
  it.each([
    ['+CUSD: 0,"Balance 5.00",15', { status: 0, text: 'Balance 5.00', dcs: 15 }],
    ['+CUSD:1,"Menu\n1 Balance",72', { status: 1, text: 'Menu\n1 Balance', dcs: 72 }],
    ['+CUSD: 0, "AA180C3602" , 15', { status: 0, text: 'AA180C3602', dcs: 15 }],
    ['+CUSD: 0,"Say "hello", please",15', { status: 0, text: 'Say "hello", please', dcs: 15 }],
    ['+CUSD: 0,"no coding"', { status: 0, text: 'no coding', dcs: undefined }],
    ['+CUSD: 0,"comma at the end",', { status: 0, text: 'comma at the end', dcs: undefined }],
    ['+CUSD: 0,bare,15', { status: 0, text: 'bare', dcs: 15 }],
    ['+CUSD: 0,"cut off', { status: 0, text: 'cut off', dcs: undefined }],
    ['+CUSD: 0,"",0', { status: 0, text: '', dcs: 0 }],
    ['+CUSD: 2', { status: 2, text: undefined, dcs: undefined }],
    ['+CUSD: 4,,0', { status: 4, text: undefined, dcs: 0 }],
  ])('%j', (line, result) => {
    expect(ussdResultOf(line)).toEqual(result);
  });

  it.each(['+CUSD:', '+CUSD: x', '+CUSD: "1"', '+CUSDX: 1'])('is none in %j', (line) => {
    expect(ussdResultOf(line)).toBeUndefined();
  });
});

it('a code is handed over with its coding, or without one', () => {
  expect(requestUssd('*100#', 15).text).toBe('AT+CUSD=1,"*100#",15');
  expect(requestUssd('*100#', undefined).text).toBe('AT+CUSD=1,"*100#"');
});

it.each([
  ['+CSCS: "ucs2"', 'UCS2'],
  ['+CSCS: IRA', 'IRA'],
  ['', ''],
])('the character set of %j is %j', (line, set) => {
  expect(readCharacterSet.parse([line])).toBe(set);
});
