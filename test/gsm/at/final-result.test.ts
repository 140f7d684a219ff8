import { describe, expect, it } from 'vitest';
import { finalResult } from '../../../src/gsm/at/final-result.ts';
import { transcripts } from '../../transcripts/transcripts.ts';

describe('a final result', () => {
  it.each([
    ['ERROR', 'plain', undefined],
    ['COMMAND NOT SUPPORT', 'plain', undefined],
    ['TOO MANY PARAMETERS', 'plain', undefined],
    ['NA', 'plain', undefined],
    ['MODEM ERROR: 4', 'plain', undefined],
    ['+CMS ERROR: 500', 'cms', 500],
    ['+CMS ERROR:38', 'cms', 38],
    ['+cms error: 21', 'cms', 21],
    ['+CMS ERROR: 3517', 'cms', 3517],
    ['+CME ERROR: 10', 'cme', 10],
    ['+CME ERROR:53', 'cme', 53],
    ['+CME ERROR : 14', 'cme', 14],
    ['+EXT ERROR: 2', 'cme', 2],
    ['+CMS ERROR: Unknown error', 'cms', 500],
    ['+CMS ERROR: "network timeout"', 'cms', 332],
    ['+CMS ERROR: SIM PUK required', 'cms', 316],
    ['+CMS ERROR: Short message transfer rejected', 'cms', 21],
    ['+CMS ERROR: Unassigned (unallocated) number', 'cms', 1],
    ['+CMS ERROR: Memory full', 'cms', 322],
    ['+CME ERROR: SIM not inserted', 'cme', 10],
    ['+CME ERROR: SIM busy', 'cme', 14],
    ['+CME ERROR: Operation not allowed', 'cme', 3],
    ['+CME ERROR: incorrect password', 'cme', 16],
    ['+CME ERROR: PH-SIM PIN required', 'cme', 5],
    ['+CME ERROR: SIM PUK2 required', 'cme', 18],
    ['+CME ERROR: USIM not inserted', 'cme', 10],
    ['+CME ERROR: Network personalisation PIN required', 'cme', 40],
    ['+CME ERROR: Corporate personalization PUK required', 'cme', 47],
    ['+CMS ERROR: USIM busy', 'cms', 314],
    ['+CMS ERROR: something of the maker', 'cms', undefined],
    ['+CMS ERROR:', 'cms', undefined],
  ] as const)('%s is a refusal', (text, kind, code) => {
    expect(finalResult(text)).toEqual({ ok: false, refusal: { kind, code, text } });
  });

  it('OK is none', () => {
    expect(finalResult('OK')).toEqual({ ok: true });
  });

  it.each([
    '',
    'OK then',
    'OKAY',
    'ERRORS',
    'NAME',
    '+CMGS: 7',
    '+CMTI: "SM",3',
    'RING',
    // Ends a call, which is none of our commands: TS 27.007 says so, and it comes unasked when a caller gives up.
    'NO CARRIER',
    'constructor',
    '+CMS ERRORS: 5',
  ])('%j is no final result', (text) => {
    expect(finalResult(text)).toBeUndefined();
  });

  it.each(['toString', 'constructor', '__proto__'])(
    '%s, a word of the language, is no known error',
    (word) => {
      expect(finalResult(`+CMS ERROR: ${word}`)).toMatchObject({ refusal: { code: undefined } });
      expect(finalResult(`+CME ERROR: ${word}`)).toMatchObject({ refusal: { code: undefined } });
    },
  );
});

it('ends every answer that a modem was seen to end', () => {
  for (const { id, steps } of transcripts) {
    for (const { type, data } of steps) {
      const last = data.split(/[\r\n]+/).findLast(Boolean) ?? '';
      const ends = /^(?:OK|ERROR|COMMAND NOT SUPPORT|\+CM[ES] ERROR.*)$/.test(last);
      if (type === 'response' && ends) expect(finalResult(last), `${id}: ${data}`).toBeDefined();
    }
  }
});
