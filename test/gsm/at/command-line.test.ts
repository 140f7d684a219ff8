import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/gsm/at/command-line.ts';

function cut(line: string): string[] | undefined {
  return commandsOf(line)?.map(({ name, form, argument }) => `${name} ${form} ${argument}`.trim());
}

describe('a command line', () => {
  it.each([
    ['AT', []],
    ['at+csq', ['+CSQ execute']],
    ['AT+CREG?', ['+CREG read']],
    ['AT+COPS=?', ['+COPS test']],
    ['AT+COPS=1,2,"26201"', ['+COPS set 1,2,"26201"']],
    ['ATE0V1', ['E execute 0', 'V execute 1']],
    ['AT&F', ['&F execute']],
    ['AT&F+CFUN=4', ['&F execute', '+CFUN set 4']],
    ['ATE0+CSQ;+CREG?;I', ['E execute 0', '+CSQ execute', '+CREG read', 'I execute']],
    ['ATS3=65', ['S3 set 65']],
    ['ATS0?', ['S0 read']],
    ['ATD*99#;', ['D set *99#;']],
    ['ATDT+49151;+CSQ', ['D set T+49151;+CSQ']],
    ['AT + C F U N = 4', ['+CFUN set 4']],
    ['AT+CPBW=1,"+49 151",145,"a;+cfun=4"', ['+CPBW set 1,"+49 151",145,"a;+cfun=4"']],
    ['AT^SYSCFG?', ['^SYSCFG read']],
    ['AT#MONI', ['#MONI execute']],
    ['AT*E2IPR?', ['*E2IPR read']],
    ['AT\\Q3', ['\\Q execute 3']],
    ['AT;;+CSQ;', ['+CSQ execute']],
  ])('%j', (line, commands) => {
    expect(cut(line)).toEqual(commands);
  });

  it.each([
    ['with no AT before it', '+CSQ'],
    ['that repeats the last', 'A/'],
    ['of nothing', ''],
    ['with an open quote', 'AT+CSQ="'],
    ['with a command behind a command', 'AT+CSQ+CFUN=4'],
    ['with a command behind a question', 'AT+CSQ?+CFUN=4'],
    ['with what is no letter', 'AT1'],
    ['with an escape sequence', 'AT+++'],
  ])('%s is none', (_, line) => {
    expect(cut(line)).toBeUndefined();
  });

  it('never hides a command: what is cut holds every name that stands outside quotes', () => {
    const part = fc.constantFrom('+CFUN=4', '+CSQ', 'E1', ';', ' ', '"', '?', '=', '&F', 'S3=5', 'x');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const line = `AT${parts.join('')}`;
        const outside = line.replace(/"[^"]*"/g, '').replaceAll(' ', '');
        const commands = commandsOf(line);
        if (!commands || !/^AT(?:[^D]|$)/.test(outside) || !outside.includes('+CFUN=4')) return;
        expect(commands.map(({ name }) => name)).toContain('+CFUN');
      }),
    );
  });
});
