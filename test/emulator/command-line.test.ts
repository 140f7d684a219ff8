import { describe, expect, it } from 'vitest';
import { framed, setUp } from './bench.ts';

describe('a command line', () => {
  const answers: readonly [title: string, typed: string, answer: string | RegExp][] = [
    ['answers AT with OK', 'AT\r', framed('OK')],
    ['takes lower case', 'at+csq\r', framed('+CSQ: 20,99', 'OK')],
    ['does not end at a line feed', 'AT\n\r', framed('OK')],
    ['ignores what stands before AT', 'xyz AT\r', framed('OK')],
    ['finds AT behind another A', 'aAT\r', framed('OK')],
    ['ignores a line without AT', 'hello\r', ''],
    ['ignores ESC outside a prompt', '\x1b\rAT\r', framed('OK')],
    ['takes back a character with backspace', 'AT+CSX\b\bSQ\r', framed('+CSQ: 20,99', 'OK')],
    ['forgets the line at CAN', 'AT+CGMI\x18+CSQ\r', framed('+CSQ: 20,99', 'OK')],
    ['ignores blanks between commands', 'AT E0 V1 ; +CSQ\r', framed('+CSQ: 20,99', 'OK')],
    ['joins commands with semicolons', 'AT+CSQ;+CREG?\r', framed('+CSQ: 20,99', '+CREG: 0,1', 'OK')],
    ['lets an extended command follow basic ones', 'ATE0V1+CSQ\r', framed('+CSQ: 20,99', 'OK')],
    ['stops at the first error', 'AT+CSQ;+NONE;+CREG?\r', framed('+CSQ: 20,99', 'ERROR')],
    ['does not know +NONE', 'AT+NONE=1\r', framed('ERROR')],
    ['does not know ATY', 'ATY\r', framed('ERROR')],
    ['refuses a value out of range', 'ATE2\r', framed('ERROR')],
    ['refuses text behind a read', 'AT+CSQ?x\r', framed('ERROR')],
    ['refuses a quote that never closes', 'AT+CSCS="GSM\r', framed('ERROR')],
    [
      'keeps a semicolon within quotes',
      'AT+CPBW=1,"+1555",145,"a;b";+CPBR=1\r',
      framed('+CPBR: 1,"+1555",145,"a;b"', 'OK'),
    ],
    ['reads a register', 'ATS3?\r', framed('013', 'OK')],
    ['refuses a register it does not have', 'ATS99?\r', framed('ERROR')],
    [
      'answers several lines of ATI as one text',
      'ATI\r',
      /^\r\nManufacturer: .*\r\nIMEI: \d{15}\r\n\+GCAP: [^\r]*\r\n\r\nOK\r\n$/s,
    ],
    ['answers lines that were typed ahead', 'AT\rAT+CSQ\r', framed('OK', '+CSQ: 20,99', 'OK')],
  ];

  it.each(answers)('%s', (_title, typed, answer) => {
    const { host } = setUp();
    const seen = host.type(typed);
    if (typeof answer === 'string') expect(seen).toBe(answer);
    else expect(seen).toMatch(answer);
  });

  it('is echoed as it was typed, and its answer follows on a line of its own', () => {
    const { host } = setUp();
    host.type('ATE1\r');
    expect(host.type('at+csq\r')).toBe('at+csq\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n');
  });

  it('is echoed octet by octet', () => {
    const { host } = setUp();
    host.type('ATE1\r');
    expect([...'AT\r'].map((octet) => host.type(octet))).toEqual(['A', 'T', '\r\r\nOK\r\n']);
  });

  it('is repeated by A/', () => {
    const { host } = setUp();
    host.type('AT+CSQ\r');
    expect(host.type('A/')).toBe(framed('+CSQ: 20,99', 'OK'));
  });

  it('is refused when it is longer than the modem can hold, and the next one is not', () => {
    const { host } = setUp();
    expect(host.type(`AT+CSCS="${'x'.repeat(3000)}"\r`)).toBe(framed('ERROR'));
    expect(host.type('AT\r')).toBe(framed('OK'));
  });

  it('is answered with numbers after ATV0', () => {
    const { host } = setUp();
    expect(host.type('ATV0\r')).toBe('0\r');
    expect(host.type('AT+CSQ\r')).toBe('+CSQ: 20,99\r\n0\r');
    expect(host.type('AT+NONE\r')).toBe('4\r');
    expect(host.type('ATV1\r')).toBe(framed('OK'));
  });

  it('is answered with no result after ATQ1', () => {
    const { host } = setUp();
    expect(host.type('ATQ1\r')).toBe('');
    expect(host.type('AT+CSQ\r')).toBe(framed('+CSQ: 20,99'));
    expect(host.type('ATQ0\r')).toBe(framed('OK'));
  });

  it('ends with the octet of register S3, which also ends its answer', () => {
    const { host } = setUp();
    host.type('ATS3=35\r');
    expect(host.type('AT+CSQ#')).toBe('#\n+CSQ: 20,99#\n#\nOK#\n');
  });

  it('is answered by words of an equipment error, its number, or nothing but ERROR', () => {
    const { host } = setUp({ sim: null });
    expect(host.type('AT+CPIN?\r')).toBe(framed('ERROR'));
    expect(host.type('AT+CMEE=1;+CPIN?\r')).toBe(framed('+CME ERROR: 10'));
    expect(host.type('AT+CMEE=2;+CPIN?\r')).toBe(framed('+CME ERROR: SIM not inserted'));
  });
});

describe('settings', () => {
  it('are put back by AT&F', () => {
    const { host } = setUp();
    host.type('AT+CMEE=2;+CREG=2;+CSCS="UCS2"\r');
    host.type('AT&F\r');
    expect(host.type('ATE0;+CMEE?;+CREG?;+CSCS?\r')).toContain(
      framed('+CMEE: 0', '+CREG: 0,1', '+CSCS: "GSM"', 'OK'),
    );
  });

  it('are put back by ATZ to what AT&W stored', () => {
    const { host } = setUp();
    host.type('AT+CMEE=1;&W\r');
    host.type('AT+CMEE=2\r');
    expect(host.type('ATZ;+CMEE?\r')).toBe(framed('+CMEE: 1', 'OK'));
  });

  it('of no consequence are kept and read back', () => {
    const { host } = setUp();
    expect(host.type('AT+CTZU=1;+CTZU?\r')).toBe(framed('+CTZU: 1', 'OK'));
    expect(host.type('AT+CTZU=7\r')).toBe(framed('ERROR'));
  });

  it('do not outlast a loss of power unless they were stored', () => {
    const { host, modem } = setUp();
    host.type('AT+CMEE=2\r');
    modem.powerOff();
    expect(host.type('AT\r')).toBe('');
    modem.powerOn();
    expect(host.type('ATE0;+CMEE?\r')).toContain(framed('+CMEE: 0', 'OK'));
  });
});
