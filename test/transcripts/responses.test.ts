import { describe, expect, it } from 'vitest';
import {
  listMessages,
  listStores,
  readMessage,
  readOperator,
  readOwnNumber,
  readRegistration,
} from '../../src/gsm/at/commands.ts';
import { finalResult } from '../../src/gsm/at/final-result.ts';
import type { Registration, RegistrationDomain } from '../../src/gsm/at/registration.ts';
import { judgeUnsolicited } from '../../src/gsm/at/unsolicited.ts';
import { normaliseIccid } from '../../src/modem/iccid.ts';
import { type Answer, answers } from './transcripts.ts';

const domains: Readonly<Record<string, RegistrationDomain>> = {
  creg: 'circuit',
  cgreg: 'packet',
  cereg: 'evolved',
};

const linesOf = ({ lines }: Answer) => lines.flatMap((part) => part.split(/[\r\n]+/)).filter(Boolean);
const ofKind = (...kinds: Answer['kind'][]) =>
  answers.filter(({ kind }) => kinds.includes(kind)).map((answer) => [answer.source.test, answer] as const);

function unsolicited(line: string): [RegistrationDomain, Registration][] {
  const verdict = judgeUnsolicited(line);
  const told = verdict.kind === 'unsolicited' && verdict.event.type === 'registration';
  return told ? [[verdict.event.domain, verdict.event.registration]] : [];
}

it('there are answers of every kind', () => {
  expect(answers).toHaveLength(118);
  expect(new Set(answers.map(({ kind }) => kind)).size).toBe(12);
});

describe('registration is read as the test of its source expects', () => {
  it.each(ofKind('creg', 'cgreg', 'cereg'))('%s', (_, answer) => {
    const domain = domains[answer.kind] ?? 'circuit';
    const [line = ''] = linesOf(answer);
    const found = answer.unsolicited
      ? unsolicited(line)[0]
      : ([domain, readRegistration(domain).parse([line])] as const);
    const { stat, area = 0, cell = 0 } = found?.[1] ?? {};
    // Two results in one answer: its kind names one, its expectation is about the first.
    if (!answer.source.test.includes('multi2_unsolicited')) expect(found?.[0]).toBe(domain);
    expect({ stat, lac: area, ci: cell }).toEqual(answer.expected);
  });
});

describe('texts in stores are read with their PDUs', () => {
  it.each(ofKind('cmgl'))('%s', (_, answer) => {
    const lines = linesOf(answer);
    expect(lines.every(listMessages.accepts)).toBe(true);
    const found = listMessages.parse(lines);
    expect(found.map(({ pdu }) => pdu)).toEqual(lines.filter((line) => /^[0-9A-F]+$/.test(line)));
    // What a Pantech lists is an odd number of digits long, and longer than it says.
    const whole = found.filter(() => !answer.source.test.includes('pantech'));
    for (const { pdu, tpduLength } of whole) expect(pdu.length / 2).toBe(1 + octet(pdu) + (tpduLength ?? 0));
  });

  it.each(ofKind('cmgr'))('%s', (_, answer) => {
    const lines = linesOf(answer);
    expect(lines.every(readMessage(3).accepts)).toBe(true);
    const { pdu = '', tpduLength } = readMessage(3).parse(lines) ?? {};
    expect(pdu.length / 2).toBe(1 + octet(pdu) + (tpduLength ?? 0));
  });
});

const octet = (pdu: string) => Number.parseInt(pdu.slice(0, 2), 16);

describe('a list of networks', () => {
  it.each(ofKind('cops'))('%s names none that is in use', (_, answer) => {
    expect(readOperator.parse(linesOf(answer))).toBeUndefined();
  });
});

describe('the number of a card', () => {
  it.each(ofKind('iccid'))('%s', (_, { lines }) => {
    const [given = '', meant] = lines;
    expect(normaliseIccid(given)).toBe(meant && normaliseIccid(meant));
  });
});

describe('stores and numbers', () => {
  it.each(ofKind('cpms'))('%s lists a store of every use, or none', (_, answer) => {
    const stores = listStores.parse(linesOf(answer));
    expect(stores).toHaveLength(3);
    for (const name of stores.flat()) expect(name).toMatch(/^(?:ME|SM|MT)$/);
  });

  it.each(ofKind('cnum'))('%s', (_, answer) => {
    expect(linesOf(answer)[0]).toContain(readOwnNumber.parse(linesOf(answer)));
  });
});

describe("what is never asked for is nobody's answer", () => {
  it.each(ofKind('cscs', 'clcc', 'cind'))('%s', (_, answer) => {
    for (const line of linesOf(answer)) {
      expect(judgeUnsolicited(line).kind).toBe('none');
      expect(finalResult(line)).toBeUndefined();
    }
  });
});
