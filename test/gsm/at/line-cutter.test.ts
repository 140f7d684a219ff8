import { describe, expect, it } from 'vitest';
import { LineCutter, type Token } from '../../../src/gsm/at/line-cutter.ts';
import { arrivingOctets, transcripts } from '../../transcripts/transcripts.ts';

const line = (text: string): Token => ({ type: 'line', text });
const prompt: Token = { type: 'prompt' };

/** Pushes pieces one after another; `>` counts as a prompt from the start where `promptAwaited`. */
function cut(pieces: readonly string[], promptAwaited = false): Token[] {
  const cutter = new LineCutter();
  cutter.promptAwaited = promptAwaited;
  return pieces.flatMap((piece) => cutter.push(piece));
}

/** All ways to receive `octets` in two pieces, and octet by octet. */
function cuts(octets: string): string[][] {
  const inTwo = Array.from({ length: octets.length + 1 }, (_, at) => [octets.slice(0, at), octets.slice(at)]);
  return [...inTwo, [...octets]];
}

describe('the same octets make the same tokens wherever they are cut:', () => {
  it.each(transcripts.map((transcript) => [transcript.id, transcript] as const))('%s', (_, transcript) => {
    const octets = arrivingOctets(transcript);
    const whole = cut([octets], true);
    for (const pieces of cuts(octets)) expect(cut(pieces, true)).toEqual(whole);
  });

  it.each([
    [
      'a report between header and result',
      '\r\n+CDS: 25\r\n0006D60B911326880736F4\r\n\r\n+CMGS: 7\r\n\r\nOK\r\n',
    ],
    ['an answer with echo', 'AT+CSQ\r\r\n+CSQ: 9,99\r\n\r\nOK\r\n'],
    ['lone line feeds', '+CSQ: 9,99\n\nOK\n'],
    ['lone carriage returns', '+CSQ: 9,99\rOK\r'],
    ['a menu over several lines', '\r\n+CUSD: 1,"Menu\r\n1 Balance\r\n2 Top up",15\r\n\r\nOK\r\n'],
  ])('%s', (_, octets) => {
    const whole = cut([octets]);
    for (const pieces of cuts(octets)) expect(cut(pieces)).toEqual(whole);
  });
});

describe('lines', () => {
  it.each([
    ['\r\nOK\r\n', ['OK']],
    ['OK\n', ['OK']],
    ['OK\r', ['OK']],
    ['+CSQ: 9,99\r\n\r\nOK\r\n', ['+CSQ: 9,99', 'OK']],
    ['AT\r\r\nOK\r\n', ['AT', 'OK']],
    ['\r\n\r\n\r\n', []],
    [' WAVECOM MODEM \r\n', ['WAVECOM MODEM']],
    ['\0\r\n\0OK\0\r\n', ['OK']],
    ['\r\n+CL\0AC\r\r\n', ['+CLAC']],
    ['no end', []],
  ])('%j', (octets, expected) => {
    expect(cut([octets])).toEqual(expected.map(line));
  });

  it('keep every octet, seven-bit or not', () => {
    const octets = String.fromCharCode(...Array.from({ length: 223 }, (_, at) => at + 33));
    expect(cut([`x${octets}x\r`])).toEqual([line(`x${octets}x`)]);
  });
});

describe('a prompt', () => {
  it.each([
    ['with its blank', ['\r\n> ']],
    ['without a blank', ['\r\n>']],
    ['on a line of its own', ['\r\n>\r\n']],
    ['with blank and line end', ['\r\n> \r\n']],
    ['with no line before it', ['> ']],
    ['behind the echo', ['AT+CMGS=18\r\r\n> ']],
    ['with its blank in the next piece', ['\r\n>', ' ']],
    ['octet by octet', ['\r', '\n', '>', ' ', '\r', '\n']],
  ])('%s is told once', (_, pieces) => {
    expect(cut(pieces, true).filter(({ type }) => type === 'prompt')).toEqual([prompt]);
  });

  it('is told as soon as its `>` is there, for nothing comes after it', () => {
    const cutter = new LineCutter();
    cutter.promptAwaited = true;
    expect(cutter.push('\r\n')).toEqual([]);
    expect(cutter.push('>')).toEqual([prompt]);
    expect(cutter.push(' ')).toEqual([]);
    expect(cutter.push('\r\n+CMGS: 7\r\n')).toEqual([line('+CMGS: 7')]);
  });

  it('may stand behind an unsolicited line', () => {
    expect(cut(['\r\n+CMTI: "SM",3\r\n\r\n> '], true)).toEqual([line('+CMTI: "SM",3'), prompt]);
  });

  it('may be followed by an unsolicited line in the same piece', () => {
    expect(cut(['\r\n> \r\n+CMTI: "SM",3\r\n'], true)).toEqual([prompt, line('+CMTI: "SM",3')]);
  });

  it('is a line like any other while none is awaited', () => {
    expect(cut(['\r\n> ', '\r\n'])).toEqual([line('>')]);
    expect(cut(['> see you\r\n'], true)).toEqual([line('> see you')]);
  });

  it('is awaited once: a second `>` is a line', () => {
    expect(cut(['\r\n> ', '\r\n> \r\n'], true)).toEqual([prompt, line('>')]);
  });
});

describe('a USSD answer', () => {
  it('is one line though its text has several', () => {
    expect(cut(['+CUSD: 1,"Menu\r\n1 Balance\r\n2 Top up",15\r\nOK\r\n'])).toEqual([
      line('+CUSD: 1,"Menu\n1 Balance\n2 Top up",15'),
      line('OK'),
    ]);
  });

  it.each(['OK', 'ERROR', 'RING', '+CMTI: "SM",3', '^RSSI:19', '+CMS ERROR: 500', '+CME ERROR: 14'])(
    'whose quote never closes ends where %s comes',
    (next) => {
      expect(cut([`+CUSD: 1,"Menu\r\n1 Bal\r\n${next}\r\n`])).toEqual([
        line('+CUSD: 1,"Menu\n1 Bal'),
        line(next),
      ]);
    },
  );

  it('whose quote never closes does not grow for ever', () => {
    const cutter = new LineCutter();
    cutter.push('+CUSD: 0,"');
    cutter.push('\r\n');
    const tokens = Array.from({ length: 100 }, () => cutter.push(`${'a'.repeat(99)}\r\n`)).flat();
    expect(tokens.length).toBeGreaterThan(50);
    for (const token of tokens) expect(token.type === 'line' && token.text.length).toBeLessThan(3_000);
  });
});

describe('NUL', () => {
  it('is kept within the quotes of a USSD answer, wherever the octets are cut', () => {
    const octets = '\0\r\n+CUSD: 0,"help\0net.example\r\nor \0",15\0\r\n';
    for (const pieces of cuts(octets))
      expect(cut(pieces)).toEqual([line('+CUSD: 0,"help\0net.example\nor \0",15')]);
  });

  it.each([
    ['around an answer', '\0+CU\0SD\0: 4\0\r\n\0OK\r\n', ['+CUSD: 4', 'OK']],
    ['within the quotes of another answer', '+COPS: 0,0,"Net\0work"\r\n', ['+COPS: 0,0,"Network"']],
    ['before a line that no quotation holds', '+CUSD: 1,"Me\r\n\0O\0K\r\n', ['+CUSD: 1,"Me', 'OK']],
    ['without end', `${'\0'.repeat(9_000)}\r\nOK\r\n`, ['OK']],
  ])('%s is noise', (_, octets, expected) => {
    for (const pieces of [[octets], [...octets]]) expect(cut(pieces)).toEqual(expected.map(line));
  });

  it('hides no prompt', () => {
    expect(cut(['\0\r\n\0>\0 \0'], true)).toEqual([prompt]);
  });
});

describe('noise without a line end', () => {
  const noise = '\xff~'.repeat(5_000);

  it('is thrown away with the line that it stands in; the next line is whole', () => {
    expect(cut([noise, 'K\r\n', '\r\nOK\r\n'])).toEqual([line('OK')]);
  });

  it('is thrown away just so when it comes with its end in one piece', () => {
    expect(cut([`${noise}K\r\n\r\nOK\r\n`])).toEqual([line('OK')]);
    expect(cut([...`${noise}K\r\n\r\nOK\r\n`])).toEqual([line('OK')]);
  });

  it('shows no prompt', () => {
    expect(cut([noise, '> '], true)).toEqual([]);
  });

  it('leaves the longest line of the standard alone', () => {
    const pdu = '07'.repeat(176);
    expect(cut([`+CMT: ,159\r\n${pdu}\r\n`])).toEqual([line('+CMT: ,159'), line(pdu)]);
  });
});

it('forgets an unfinished line when told to', () => {
  const cutter = new LineCutter();
  cutter.push('+CUSD: 1,"Menu\r\n1 Bal');
  cutter.reset();
  expect(cutter.push('\r\nOK\r\n')).toEqual([line('OK')]);
});
