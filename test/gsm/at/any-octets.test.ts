import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as commands from '../../../src/gsm/at/commands.ts';
import { beginExchange, phaseLimitMs, receptionOf, step } from '../../../src/gsm/at/exchange.ts';
import { finalResult } from '../../../src/gsm/at/final-result.ts';
import { LineCutter } from '../../../src/gsm/at/line-cutter.ts';
import { completeUnsolicited, judgeUnsolicited } from '../../../src/gsm/at/unsolicited.ts';
import { arrivingOctets, transcripts } from '../../transcripts/transcripts.ts';

const limits = { promptTimeoutMs: 10_000, resultTimeoutMs: 120_000 };
const everyCommand: commands.Command<unknown>[] = [
  ...Object.values(commands).filter(
    (value): value is commands.Command<unknown> => typeof value === 'object' && 'parse' in value,
  ),
  ...commands.readIccidWays,
  commands.readMessage(1),
  commands.readRegistration('circuit'),
  commands.submitMessage('00', 1, limits),
];

/** Octets as a bad line gives them: true ones, true ones cut short, and any whatever. */
const octets = fc.oneof(
  fc.constantFrom(...transcripts.map(arrivingOctets)),
  fc.string({
    unit: fc.constantFrom(
      '\r',
      '\n',
      '>',
      ' ',
      '"',
      '+',
      'C',
      'U',
      'S',
      'D',
      ':',
      ',',
      '0',
      '(',
      ')',
      'O',
      'K',
      '\0',
    ),
  }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => String.fromCharCode(...bytes)),
);
const stream = fc.array(octets, { maxLength: 8 }).map((pieces) => pieces.join(''));
const cutAt = fc.array(fc.nat(400), { maxLength: 20 });

function piecesOf(whole: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(whole.slice(at, at + length));
    at += length;
  }
  return [...pieces, whole.slice(at)];
}

describe('whatever octets come, wherever they are cut,', () => {
  it('they make the same lines as in one piece', () => {
    fc.assert(
      fc.property(stream, cutAt, (whole, lengths) => {
        const atOnce = new LineCutter().push(whole);
        const inPieces = new LineCutter();
        expect(piecesOf(whole, lengths).flatMap((piece) => inPieces.push(piece))).toEqual(atOnce);
      }),
    );
  });

  it('no line is longer than the longest that is kept', () => {
    fc.assert(
      fc.property(stream, fc.nat(6_000), fc.boolean(), (whole, filler, promptAwaited) => {
        const cutter = new LineCutter();
        cutter.promptAwaited = promptAwaited;
        const tokens = [...cutter.push(whole), ...cutter.push('x'.repeat(filler)), ...cutter.push(whole)];
        for (const token of tokens) {
          if (token.type === 'line') expect(token.text.length).toBeLessThanOrEqual(4_096 + 2_000 + 1);
        }
      }),
    );
  });

  it('nothing that reads them throws, and an exchange ends or waits', () => {
    fc.assert(
      fc.property(stream, fc.constantFrom(...everyCommand), (whole, command) => {
        let exchange = beginExchange(command);
        const cutter = new LineCutter();
        cutter.promptAwaited = command.payload !== undefined;
        const lines: string[] = [];
        for (const token of cutter.push(whole)) {
          if (token.type === 'prompt') {
            exchange = step(step(exchange, token), { type: 'payload-written' });
            continue;
          }
          lines.push(token.text);
          finalResult(token.text);
          const verdict = judgeUnsolicited(token.text);
          if (verdict.kind === 'header') completeUnsolicited(verdict.pending, token.text);
          if (receptionOf(exchange, token.text) !== 'echo') exchange = step(exchange, token);
        }
        phaseLimitMs(exchange);
        command.parse(lines);
        expect(['prompt', 'answer', 'done']).toContain(exchange.phase);
      }),
      { numRuns: 500 },
    );
  });
});

/** What is left when all that can be thrown away was. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

it('a line that never ends takes no memory', () => {
  const cutter = new LineCutter();
  const piece = '\xff'.repeat(1_000);
  const before = heapInUse();
  for (let index = 0; index < 100_000; index++) cutter.push(piece);
  expect(heapInUse() - before).toBeLessThan(5_000_000);
  expect(cutter.push('\r\nOK\r\n')).toEqual([{ type: 'line', text: 'OK' }]);
});
