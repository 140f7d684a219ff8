import { describe, expect, it } from 'vitest';
import type { Faults } from '../../src/emulator/index.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';

const recipient = '+15557654321';
const { pdu, tpduLength } = encodeSubmit({ to: recipient, text: 'Hello', statusReport: true });

function faulty(faults: Partial<Faults>): Bench {
  const bench = setUp();
  Object.assign(bench.modem.faults, faults);
  return bench;
}

/** Sends as far as the modem goes along, lets time pass, and tells what was seen after ctrl-Z. */
async function send({ host, clock }: Bench, forMs = 0): Promise<string> {
  host.type(`AT+CMGS=${tpduLength}\r`);
  host.type(`${pdu}\x1a`);
  await clock.advance(forMs);
  return host.take();
}

describe('a modem that', () => {
  it('hangs takes octets, says nothing, and answers nothing of it later', async () => {
    const bench = faulty({ hang: true });
    expect(bench.host.type('AT+CNMI=2,1\r')).toBe('');
    bench.network.deliver({ from: recipient, to: ownNumber, text: 'x' });
    expect(bench.host.take()).toBe('');
    bench.modem.faults.hang = false;
    expect(bench.host.type('AT+CNMI?\r')).toBe(framed('+CNMI: 0,0,0,0,0', 'OK'));
  });

  it('cuts its output anywhere loses none of it', async () => {
    const bench = setUp({ random: () => 0.5 });
    bench.modem.faults.fragments = { longest: 4, gapMs: 5 };
    const pieces: string[] = [];
    bench.modem.on('output', (octets) => pieces.push(octets));
    bench.host.type('AT+CSQ\r');
    await bench.clock.advance(1_000);
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(4);
    expect(pieces.join('')).toBe(framed('+CSQ: 20,99', 'OK'));
  });

  it('is noisy spoils what it says', () => {
    const bench = faulty({ noise: '\x00\xff~' });
    expect(bench.host.type('AT\r')).toBe(`\x00\xff~${framed('OK')}`);
    bench.modem.faults.noise = '';
    bench.modem.noise('@@@');
    expect(bench.host.take()).toBe('@@@');
  });

  it('is slow answers late, in order', async () => {
    const bench = faulty({ answerDelayMs: 3_000 });
    expect(bench.host.type('AT+CSQ\rAT\r')).toBe('');
    await bench.clock.advance(2_999);
    expect(bench.host.take()).toBe('');
    await bench.clock.advance(1);
    expect(bench.host.take()).toBe(framed('+CSQ: 20,99', 'OK'));
    await bench.clock.advance(3_000);
    expect(bench.host.take()).toBe(framed('OK'));
  });

  it('loses the result of a send has sent it all the same', async () => {
    const bench = faulty({ loseNextSendResults: 1 });
    expect(await send(bench, 300_000)).toBe('');
    expect(bench.network.submissions.count).toBe(1);
    expect(bench.host.type('AT\r')).toBe(framed('OK'));
    expect(await send(bench)).toBe(framed('+CMGS: 2', 'OK'));
  });

  it('tells the result of a send late has sent it early', async () => {
    const bench = faulty({ sendResultDelayMs: 130_000 });
    expect(await send(bench, 129_999)).toBe('');
    expect(bench.network.submissions.count).toBe(1);
    await bench.clock.advance(1);
    expect(bench.host.take()).toBe(framed('+CMGS: 1', 'OK'));
  });

  it('shows no prompt takes the text blindly', async () => {
    const bench = faulty({ loseNextPrompts: 1 });
    expect(bench.host.type(`AT+CMGS=${tpduLength}\r`)).toBe('');
    expect(await bench.host.until('\x1b', 'OK')).toBe(framed('OK'));
    expect(bench.host.type(`AT+CMGS=${tpduLength}\r`)).toBe('\r\n> ');
  });

  it('shows its prompt late loses what came before', async () => {
    const bench = faulty({ promptDelayMs: 500 });
    expect(bench.host.type(`AT+CMGS=${tpduLength}\r`)).toBe('');
    expect(bench.host.type(`${pdu}\x1a`)).toBe('');
    await bench.clock.advance(500);
    expect(bench.host.take()).toBe('\r\n> ');
    expect(await bench.host.until(`${pdu}\x1a`, 'OK')).toBe(framed('+CMGS: 1', 'OK'));
  });

  it.each(['\r\n>', '\r\n>\r\n'])('has the prompt %j shows that', (prompt) => {
    expect(faulty({ prompt }).host.type(`AT+CMGS=${tpduLength}\r`)).toBe(prompt);
  });

  it('leaves out the OK of AT+CPIN? takes the next command even so', () => {
    const bench = faulty({ pinWithoutOk: true });
    expect(bench.host.type('AT+CPIN?\r')).toBe(framed('+CPIN: READY'));
    expect(bench.host.type('AT\r')).toBe(framed('OK'));
  });

  it('is overtaken by a report tells it before the reference', async () => {
    const bench = faulty({ reportBeforeResult: true });
    bench.host.type('AT+CNMI=2,1,0,1\r');
    expect(await send(bench, 10_000)).toMatch(/^\r\n\+CDS: 25\r\n[0-9A-F]+\r\n\r\n\+CMGS: 1\r\n\r\nOK\r\n$/);
  });

  it('talks into its own answers says it between their lines and before OK', () => {
    const bench = faulty({ insideAnswers: ['^RSSI:19', '+CMTI: "SM",9'] });
    bench.network.deliver({ from: recipient, to: ownNumber, text: 'one' });
    bench.network.deliver({ from: recipient, to: ownNumber, text: 'two' });
    const seen = bench.host.type('AT+CMGL=4\r');
    const inside = '\r\n^RSSI:19\r\n\r\n+CMTI: "SM",9\r\n';
    expect(seen.split(inside)).toEqual([
      expect.stringMatching(/^\r\n\+CMGL: 1,0,,\d+\r\n[0-9A-F]+\r\n$/),
      expect.stringMatching(/^\+CMGL: 2,0,,\d+\r\n[0-9A-F]+\r\n$/),
      framed('OK'),
    ]);
  });

  it('talks at its prompt says it between prompt and text', async () => {
    const bench = faulty({ unsolicitedAtPrompt: true });
    bench.host.type(`AT+CMGS=${tpduLength}\r`);
    bench.modem.unsolicited('^RSSI:19');
    expect(bench.host.take()).toBe(framed('^RSSI:19'));
    expect(await bench.host.until(`${pdu}\x1a`, 'OK')).toBe(framed('+CMGS: 1', 'OK'));
  });

  it('forgets its settings has echo, text mode and silence again', () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,1\r');
    bench.modem.loadSettings('factory');
    expect(bench.host.type('AT+CNMI?\r')).toBe(`AT+CNMI?\r${framed('+CNMI: 0,0,0,0,0', 'OK')}`);
  });
});

describe('a modem at whose ctrl-Z the worst happens', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('hangs %s the network took the text', async (hangAtNextText, taken) => {
    const bench = faulty({ hangAtNextText });
    expect(await send(bench, 300_000)).toBe('');
    expect(bench.network.submissions.count).toBe(taken);
    expect(bench.host.type('AT\r')).toBe('');
    bench.modem.faults.hang = false;
    expect(bench.host.type('AT\r')).toBe(framed('OK'));
  });

  it('calls every text 0, whatever its report will say', async () => {
    const bench = faulty({ zeroReferences: true });
    bench.host.type('AT+CNMI=2,1,0,1\r');
    expect(await send(bench)).toMatch(/^\r\n\+CMGS: 0\r\n\r\nOK\r\n.*\r\n[0-9A-F]{16}0601/s);
  });

  it('leaves out the OK behind the reference, and takes the next command even so', async () => {
    const bench = faulty({ loseNextSendOks: 1 });
    expect(await send(bench)).toBe(framed('+CMGS: 1'));
    expect(await send(bench)).toBe(framed('+CMGS: 2', 'OK'));
  });
});

describe('a modem with texts that arrive', () => {
  const arrive = ({ network }: Bench) => network.deliver({ from: recipient, to: ownNumber, text: 'x' });

  it('tells of each twice', () => {
    const bench = faulty({ noticesTwice: true });
    bench.host.type('AT+CNMI=2,1\r');
    arrive(bench);
    expect(bench.host.take()).toBe(framed('+CMTI: "SM",1', '+CMTI: "SM",1'));
  });

  it('does not tell of the next', () => {
    const bench = faulty({ loseNextNotices: 1 });
    bench.host.type('AT+CNMI=2,1\r');
    arrive(bench);
    arrive(bench);
    expect(bench.host.take()).toBe(framed('+CMTI: "SM",2'));
  });

  it('says that it deleted one and has it still', () => {
    const bench = faulty({ keepNextDeleted: 1 });
    arrive(bench);
    expect(bench.host.type('AT+CMGD=1\r')).toBe(framed('OK'));
    expect(bench.host.type('AT+CPMS?\r')).toContain('"SM",1,50');
    expect(bench.host.type('AT+CMGD=1\r')).toBe(framed('OK'));
    expect(bench.host.type('AT+CPMS?\r')).toContain('"SM",0,50');
  });
});

describe('a planned refusal', () => {
  it('meets the next commands of its name and no other', () => {
    const bench = setUp();
    bench.modem.faults.refusals = [{ command: '+CSQ', result: { kind: 'cme', code: 14 }, times: 2 }];
    bench.host.type('AT+CMEE=1\r');
    const seen = ['AT+CSQ\r', 'AT+CREG?\r', 'AT+CSQ\r', 'AT+CSQ\r'].map((typed) => bench.host.type(typed));
    expect(seen).toEqual([
      framed('+CME ERROR: 14'),
      framed('+CREG: 0,1', 'OK'),
      framed('+CME ERROR: 14'),
      framed('+CSQ: 20,99', 'OK'),
    ]);
  });

  it('of a send comes instead of the prompt, or after the text, or after the network took it', async () => {
    const refusal = (at: 'command' | 'text' | 'taken') =>
      faulty({ refusals: [{ command: '+CMGS', result: { kind: 'cms', code: 500 }, times: 1, at }] });
    const early = refusal('command');
    expect(await early.host.until(`AT+CMGS=${tpduLength}\r`, 'ERROR')).toBe(framed('+CMS ERROR: 500'));
    const late = refusal('text');
    expect(await send(late)).toBe(framed('+CMS ERROR: 500'));
    expect(late.network.submissions.count).toBe(0);
    const taken = refusal('taken');
    expect(await send(taken)).toBe(framed('+CMS ERROR: 500'));
    expect(taken.network.submissions.count).toBe(1);
  });

  it('can take its time', async () => {
    const bench = faulty({
      refusals: [{ command: '+CMGS', result: { kind: 'cms', code: 38 }, times: 1, delayMs: 25_000 }],
    });
    expect(await send(bench, 24_999)).toBe('');
    await bench.clock.advance(1);
    expect(bench.host.take()).toBe(framed('+CMS ERROR: 38'));
  });
});

describe('a restart', () => {
  it('by AT+CFUN=1,1 answers first, and then everything that was set is gone', () => {
    const { host } = setUp();
    host.type('AT+CMEE=2;+CNMI=2,1\r');
    expect(host.type('AT+CFUN=1,1\r')).toBe(framed('OK'));
    expect(host.type('AT+CMEE?;+CNMI?\r')).toBe(
      `AT+CMEE?;+CNMI?\r${framed('+CMEE: 0', '+CNMI: 0,0,0,0,0', 'OK')}`,
    );
  });

  it('in the middle of a send swallows its result, whether the network took it or not', async () => {
    const bench = setUp({ network: { latencyMs: 1_000 } });
    bench.host.type(`AT+CMGS=${tpduLength}\r`);
    bench.host.type(`${pdu}\x1a`);
    await bench.clock.advance(500);
    bench.modem.reboot();
    await bench.clock.advance(5_000);
    expect(bench.host.take()).toBe('');
    expect(bench.network.submissions.count).toBe(1);
    expect(bench.host.type('AT\r')).toContain(framed('OK'));
  });

  it('at a prompt drops the text', async () => {
    const bench = setUp();
    bench.host.type(`AT+CMGS=${tpduLength}\r`);
    bench.modem.reboot();
    bench.host.type('ATE0\r');
    expect(bench.host.type(`${pdu}\x1a\r`)).toBe('');
    expect(bench.network.submissions.count).toBe(0);
  });
});
