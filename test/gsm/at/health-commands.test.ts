import { describe, expect, it } from 'vitest';
import { readExtendedSignal, readServiceCentre } from '../../../src/gsm/at/health-commands.ts';

const nothing = { level: undefined, reference: undefined, quality: undefined };

describe('the answer to AT+CESQ', () => {
  it.each([
    ['+CESQ: 40,99,255,255,255,255', { ...nothing, level: -71 }],
    ['+CESQ: 0,0,255,255,255,255', { ...nothing, level: -111 }],
    ['+CESQ: 63,0,255,255,255,255', { ...nothing, level: -48 }],
    ['+CESQ: 99,99,40,30,255,255', { ...nothing, reference: -81, quality: -9.5 }],
    ['+CESQ: 99,99,255,255,20,46', { ...nothing, reference: -95, quality: -10 }],
    ['+CESQ:99,99,255,255,34,97', { ...nothing, reference: -44, quality: -3 }],
    ['+CESQ: 99,99,255,255,255,255', nothing],
    ['+CESQ: 99,99,255,255,35,98', nothing],
    ['+CESQ: -1,0', nothing],
    ['+CESQ: what', nothing],
  ])('%s', (line, expected) => {
    expect(readExtendedSignal.accepts(line)).toBe(true);
    expect(readExtendedSignal.parse([line])).toEqual(expected);
  });

  it('may be missing', () => {
    expect(readExtendedSignal.parse([])).toEqual(nothing);
  });
});

describe('the answer to AT+CSCA?', () => {
  it.each([
    ['+CSCA: "+31624000000",145', '+31624000000'],
    ['+CSCA: "31624000000",145', '+31624000000'],
    ['+CSCA: "0624000000",129', '0624000000'],
    ['+CSCA: "002B00330031003600320034",145', '+31624'],
    ['+CSCA: "",129', undefined],
    ['+CSCA: ""', undefined],
    ['+CSCA: "Operator",145', undefined],
    ['+CSCA:', undefined],
  ])('%s', (line, expected) => {
    expect(readServiceCentre.parse([line])).toBe(expected);
  });
});
