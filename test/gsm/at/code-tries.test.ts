import { describe, expect, it } from 'vitest';
import { byCodePairs, byPinPairs, type CodeTries, codeTriesWays } from '../../../src/gsm/at/code-tries.ts';

describe('how often a code may still be entered', () => {
  it.each<[string, string[], CodeTries | undefined]>([
    ['AT+CPINR', ['+CPINR: SIM PIN,3,3', '+CPINR: SIM PUK,10,10'], { pin: 3, puk: 10 }],
    ['AT+CPINR', ['+CPINR: SIM PIN2,3,3', '+CPINR: SIM PIN,1,3'], { pin: 1, puk: undefined }],
    ['AT+CPINR', ['+CPINR: SIM PUK,9,10'], { pin: undefined, puk: 9 }],
    ['AT+CPINR', ['+CPINR: "SIM PIN",2,3'], { pin: 2, puk: undefined }],
    ['AT+CPINR', ['+CPINR: SIM PIN2,3,3'], undefined],
    ['AT+CPINR', [], undefined],
    ['AT^CPIN?', ['^CPIN: SIM PIN,2,10,2,10,3'], { pin: 2, puk: 10 }],
    ['AT^CPIN?', ['^CPIN: SIM PUK,8,8,0,10,3'], { pin: 0, puk: 8 }],
    ['AT^CPIN?', ['^CPIN: READY,,10,3,10,3'], { pin: 3, puk: 10 }],
    ['AT+QPINC="SC"', ['+QPINC: "SC",1,10'], { pin: 1, puk: 10 }],
    ['AT+SPIC', ['+SPIC: 2,10,3,10'], { pin: 2, puk: undefined }],
    ['AT+CPINC?', ['+CPINC: 3,2,10,9'], { pin: 3, puk: 10 }],
    ['AT+UPINCNT', ['+UPINCNT: 1,3,9,10'], { pin: 1, puk: 9 }],
    ['AT+ZPINPUK=?', ['+ZPINPUK: 2,10'], { pin: 2, puk: 10 }],
    ['AT#PCT', ['#PCT: 3'], { pin: 3, puk: 3 }],
    ['AT^SPIC', ['^SPIC: 0'], { pin: 0, puk: undefined }],
    ['AT^SPIC', ['^SPIC: what'], undefined],
  ])('by %s in %j', (text, lines, expected) => {
    const way = codeTriesWays.find((candidate) => candidate.text === text);
    expect(lines.every((line) => way?.accepts(line))).toBe(true);
    expect(way?.parse(lines)).toEqual(expected);
  });

  it('stands in another order with SIMCom, by the age of the module', () => {
    expect(byPinPairs.parse(['+SPIC: 3,2,10,9'])).toEqual({ pin: 3, puk: 10 });
    expect(byCodePairs.parse(['+SPIC: 3,10,2,9'])).toEqual({ pin: 3, puk: 10 });
  });
});
