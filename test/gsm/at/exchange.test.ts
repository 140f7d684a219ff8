import { describe, expect, it } from 'vitest';
import {
  beginExchange,
  type CommandLine,
  type Exchange,
  type Input,
  phaseLimitMs,
  receptionOf,
  step,
} from '../../../src/gsm/at/exchange.ts';

const attention: CommandLine = { text: 'AT', accepts: () => false, timeoutMs: 1_000 };
const signal: CommandLine = {
  text: 'AT+CSQ',
  accepts: (line) => line.startsWith('+CSQ:'),
  timeoutMs: 5_000,
};
/** Some modems leave the OK out behind `+CPIN:`. */
const pinState: CommandLine = {
  text: 'AT+CPIN?',
  accepts: (line) => line.startsWith('+CPIN:'),
  settleMs: 1_000,
  timeoutMs: 10_000,
};
const pdu = '0011000B915155765432F10000AA05E8329BFD06';
const submit: CommandLine = {
  text: 'AT+CMGS=19',
  accepts: (line) => line.startsWith('+CMGS:'),
  timeoutMs: 120_000,
  payload: { text: pdu, promptTimeoutMs: 10_000 },
};

const line = (text: string): Input => ({ type: 'line', text });
const prompt: Input = { type: 'prompt' };
const written: Input = { type: 'payload-written' };
const timeout: Input = { type: 'lost', cause: 'timeout' };
const closed: Input = { type: 'lost', cause: 'closed' };
const restarted: Input = { type: 'lost', cause: 'restarted' };

const ok = (...lines: string[]) => ({ kind: 'ok', lines });
const refused = (text: string, payloadWritten = false) =>
  expect.objectContaining({ kind: 'refused', refusal: expect.objectContaining({ text }), payloadWritten });
const lost = (cause: string, payloadWritten = false, lines: string[] = []) => ({
  kind: 'lost',
  cause,
  payloadWritten,
  lines,
});

function run(command: CommandLine, inputs: readonly Input[]): Exchange {
  return inputs.reduce(step, beginExchange(command));
}

describe('an exchange ends', () => {
  it.each<[string, CommandLine, Input[], unknown]>([
    ['with OK', attention, [line('OK')], ok()],
    ['with its own lines and OK', signal, [line('+CSQ: 9,99'), line('OK')], ok('+CSQ: 9,99')],
    ['with ERROR', signal, [line('ERROR')], refused('ERROR')],
    ['with a number', signal, [line('+CME ERROR: 14')], refused('+CME ERROR: 14')],
    ['with ERROR behind a line of its own', signal, [line('+CSQ: 9,99'), line('ERROR')], refused('ERROR')],
    ['by a time-out', signal, [timeout], lost('timeout')],
    [
      'by a time-out after half an answer',
      signal,
      [line('+CSQ: 9,99'), timeout],
      lost('timeout', false, ['+CSQ: 9,99']),
    ],
    ['by the loss of the port', signal, [closed], lost('closed')],
    ['by a restart of the modem', signal, [restarted], lost('restarted')],
    ['with no OK, when silence is enough', pinState, [line('+CPIN: READY'), timeout], ok('+CPIN: READY')],
    ['not by silence alone', pinState, [timeout], lost('timeout')],
    [
      'not by the loss of the port even where silence is enough',
      pinState,
      [line('+CPIN: READY'), closed],
      lost('closed', false, ['+CPIN: READY']),
    ],
  ])('%s', (_, command, inputs, outcome) => {
    expect(run(command, inputs)).toEqual({ phase: 'done', command, outcome });
  });

  it.each<[string, Input[], unknown]>([
    ['accepted', [prompt, written, line('+CMGS: 7'), line('OK')], ok('+CMGS: 7')],
    [
      'accepted with the acknowledgement PDU',
      [prompt, written, line('+CMGS: 7,"0001"'), line('OK')],
      ok('+CMGS: 7,"0001"'),
    ],
    ['refused instead of the prompt', [line('+CMS ERROR: 304')], refused('+CMS ERROR: 304')],
    ['refused after the PDU', [prompt, written, line('+CMS ERROR: 38')], refused('+CMS ERROR: 38', true)],
    ['refused with no number', [prompt, written, line('ERROR')], refused('ERROR', true)],
    ['accepted, then an error', [prompt, written, line('+CMGS: 7'), line('ERROR')], refused('ERROR', true)],
    ['without a prompt', [timeout], lost('timeout')],
    ['unplugged before the prompt', [closed], lost('closed')],
    ['unplugged at the prompt', [prompt, closed], lost('closed', true)],
    ['unplugged after the PDU', [prompt, written, closed], lost('closed', true)],
    ['restarted after the PDU', [prompt, written, restarted], lost('restarted', true)],
    ['silent after the PDU', [prompt, written, timeout], lost('timeout', true)],
    [
      'accepted without OK',
      [prompt, written, line('+CMGS: 7'), timeout],
      lost('timeout', true, ['+CMGS: 7']),
    ],
    [
      'accepted after an OK of something older',
      [line('OK'), prompt, written, line('+CMGS: 7'), line('OK')],
      ok('+CMGS: 7'),
    ],
    [
      'accepted after an OK that brings no reference',
      [prompt, written, line('OK'), line('+CMGS: 7'), line('OK')],
      ok('+CMGS: 7'),
    ],
    [
      'accepted after a prompt that came twice',
      [prompt, prompt, written, prompt, line('+CMGS: 7'), line('OK')],
      ok('+CMGS: 7'),
    ],
  ])('of a submission: %s', (_, inputs, outcome) => {
    expect(run(submit, inputs)).toEqual({ phase: 'done', command: submit, outcome });
  });
});

describe('an exchange goes on', () => {
  it.each<[string, CommandLine, Input[], string]>([
    ['waiting for its answer', attention, [], 'answer'],
    ['waiting for its prompt', submit, [], 'prompt'],
    ['over an OK before the prompt', submit, [line('OK')], 'prompt'],
    ['until its owner has written the PDU', submit, [prompt], 'payload'],
    ['over an OK while the PDU is written', submit, [prompt, line('OK')], 'payload'],
    ['when the PDU is written', submit, [prompt, written], 'answer'],
    ['over a bare OK after the PDU', submit, [prompt, written, line('OK')], 'answer'],
    ['over a word of writing where there is nothing to write', attention, [written], 'answer'],
    ['over a prompt where none belongs', attention, [prompt], 'answer'],
  ])('%s', (_, command, inputs, phase) => {
    expect(run(command, inputs).phase).toBe(phase);
  });
});

it('nothing moves an exchange that is over', () => {
  const over = run(attention, [line('OK')]);
  for (const input of [line('ERROR'), line('+CSQ: 1,99'), prompt, written, timeout, closed]) {
    expect(step(over, input)).toBe(over);
  }
});

it('what means nothing to an exchange leaves it as it is, so that its clock is not set anew', () => {
  const waiting = beginExchange(submit);
  for (const input of [line('OK'), written, line('+CREG: 1')]) expect(step(waiting, input)).toBe(waiting);
});

it('an answer that never ends is cut off', () => {
  const listing: CommandLine = { text: 'AT+CMGL=4', accepts: () => true, timeoutMs: 60_000 };
  let exchange = beginExchange(listing);
  for (let index = 0; index < 5_000; index++) exchange = step(exchange, line(`+CMGL: ${index}`));
  expect(exchange.phase === 'answer' && exchange.lines.length).toBe(2_048);
  expect(step(exchange, line('+CMGL: 5000'))).toBe(exchange);
});

describe('the time that a phase may take', () => {
  it.each<[string, CommandLine, Input[], number | undefined]>([
    ["is the command's", signal, [], 5_000],
    ['does not shrink with an answer', signal, [line('+CSQ: 9,99')], 5_000],
    ['is short where silence after a line is enough', pinState, [line('+CPIN: READY')], 1_000],
    ["is the command's until that line", pinState, [], 10_000],
    ["is the prompt's", submit, [], 10_000],
    ['is not limited while the PDU is written', submit, [prompt], undefined],
    ["is the network's after it", submit, [prompt, written], 120_000],
    ['is over with the exchange', attention, [line('OK')], undefined],
  ])('%s', (_, command, inputs, limit) => {
    expect(phaseLimitMs(run(command, inputs))).toBe(limit);
  });
});

describe('a line', () => {
  it.each<[string, CommandLine, Input[], string, string]>([
    ['of its own', signal, [], '+CSQ: 9,99', 'own'],
    ['that ends it', signal, [], 'OK', 'final'],
    ['that came unasked', signal, [], '+CMTI: "SM",3', 'foreign'],
    ['that is its command', signal, [], 'AT+CSQ', 'echo'],
    ['that is its PDU', submit, [prompt, written], pdu, 'echo'],
    ['that is its PDU behind the prompt', submit, [prompt, written], `> ${pdu}`, 'echo'],
    ['that is its PDU with ctrl-Z', submit, [prompt, written], `${pdu}\x1a`, 'echo'],
    ['that is another PDU', submit, [prompt, written], pdu.replace('00AA', '04AA'), 'foreign'],
    ['with a reference', submit, [prompt, written], '+CMGS: 7', 'own'],
    ['with a reference before the prompt, which answers an older send', submit, [], '+CMGS: 7', 'foreign'],
  ])('%s is told as such', (_, command, inputs, text, reception) => {
    expect(receptionOf(run(command, inputs), text)).toBe(reception);
  });
});
