import { describe, expect, it } from 'vitest';
import { readImsTexts, readRegistration } from '../../../src/gsm/at/commands.ts';
import {
  isForDataAlone,
  isRegistered,
  type Registration,
  type RegistrationDomain,
  technologyName,
} from '../../../src/gsm/at/registration.ts';
import { judgeUnsolicited } from '../../../src/gsm/at/unsolicited.ts';
import { answers } from '../../transcripts/transcripts.ts';

const domains: Readonly<Record<string, RegistrationDomain>> = {
  creg: 'circuit',
  cgreg: 'packet',
  cereg: 'evolved',
};

/** Lines that some modems say by themselves in the shape of an answer: which is meant shows only from what is pending. */
const shapedLikeAnswers = /md400|x220|s8500/;

const registrations = answers.filter(({ kind }) => kind in domains);
const named = (unsolicited: boolean) =>
  registrations
    .filter((answer) => answer.unsolicited === unsolicited)
    .map((answer) => [answer.source.test, answer] as const);

function unsolicited(line: string): { domain: RegistrationDomain; registration: Registration } | undefined {
  const verdict = judgeUnsolicited(line);
  return verdict.kind === 'unsolicited' && verdict.event.type === 'registration' ? verdict.event : undefined;
}

const linesOf = (text: readonly string[]) => text.flatMap((part) => part.split(/[\r\n]+/)).filter(Boolean);

describe('an answer to AT+CREG?, AT+CGREG? or AT+CEREG?', () => {
  it.each(named(false))('%s', (_, { kind, lines, expected }) => {
    const command = readRegistration(domains[kind] ?? 'circuit');
    const own = linesOf(lines);
    expect(own.every(command.accepts)).toBe(true);
    expect(command.parse(own)?.stat).toBe(expected.stat);
  });
});

describe('an unsolicited result of the same name', () => {
  it.each(named(true).filter(([test]) => !shapedLikeAnswers.test(test) && !test.includes('cgreg_multi')))(
    '%s',
    (_, { kind, lines, expected }) => {
      const [line = ''] = linesOf(lines);
      const domain = domains[kind] ?? 'circuit';
      expect(readRegistration(domain).accepts(line)).toBe(false);
      expect(unsolicited(line)).toMatchObject({ domain, registration: { stat: expected.stat } });
    },
  );

  it.each(['test_creg_cgreg_multi_unsolicited', 'test_creg_cgreg_multi2_unsolicited'])(
    '%s: two at once are two',
    (test) => {
      const answer = registrations.find(({ source }) => source.test === test);
      const found = linesOf(answer?.lines ?? []).map(unsolicited);
      expect(found.map((event) => [event?.domain, event?.registration.stat])).toEqual(
        expect.arrayContaining([
          ['circuit', 5],
          ['packet', 0],
        ]),
      );
    },
  );

  it.each(named(true).filter(([test]) => shapedLikeAnswers.test(test)))(
    '%s has the shape of an answer and is still told as a change, to be checked by asking',
    (_, { lines }) => {
      const [line = ''] = linesOf(lines);
      expect(unsolicited(line)).toBeDefined();
    },
  );

  it('of another domain is never the answer', () => {
    expect(readRegistration('circuit').accepts('+CGREG: 0,1')).toBe(false);
    expect(readRegistration('evolved').accepts('+CREG: 0,1')).toBe(false);
  });
});

describe('the state', () => {
  it.each([
    [0, 'none', false],
    [1, 'home', true],
    [2, 'searching', false],
    [3, 'denied', false],
    [4, 'none', false],
    [5, 'roaming', true],
    [6, 'home', true],
    [7, 'roaming', true],
    [8, 'none', false],
    [9, 'home', true],
    [10, 'roaming', true],
    [11, 'none', false],
    [99, 'none', false],
  ] as const)('%i is %s', (stat, state, carries) => {
    const registration = readRegistration('circuit').parse([`+CREG: 0,${stat}`]);
    expect(registration).toEqual({ stat, state, technology: undefined });
    expect(isRegistered({ circuit: registration?.state ?? 'none' })).toBe(carries);
  });

  it('in any one domain is enough', () => {
    expect(isRegistered({ circuit: 'none', packet: 'none', evolved: 'home' })).toBe(true);
    expect(isRegistered({ circuit: 'searching', packet: 'roaming' })).toBe(true);
    expect(isRegistered({ circuit: 'none', packet: 'none' })).toBe(false);
    expect(isRegistered({})).toBe(false);
  });

  it('is for data alone where calls are denied and data is let through', () => {
    expect(isForDataAlone({ circuit: 'denied', packet: 'none', evolved: 'home' })).toBe(true);
    expect(isForDataAlone({ circuit: 'denied', evolved: 'none' })).toBe(false);
    expect(isForDataAlone({ circuit: 'none', evolved: 'home' })).toBe(false);
    expect(isForDataAlone({ circuit: 'home', packet: 'denied' })).toBe(false);
  });

  it.each([
    ['+CIREG: 0,1,5', true],
    ['+CIREG: 0,1', true],
    ['+CIREG: 2,1,1', false],
    ['+CIREG: 2,1,F', true],
    ['+CIREG: 0,0,4', false],
    ['+CIREG: 0', false],
  ])('over IMS, by %s: %s', (line, carries) => {
    expect(readImsTexts.parse([line])).toBe(carries);
  });
});

it.each([
  ['+CREG: 2,1,"8B37","0A265185",7', 'LTE'],
  ['+CREG: 2,1,"8B37","0A265185",0', 'GSM'],
  ['+CREG: 2,1,"8B37","0A265185",2', 'UMTS'],
  ['+CREG: 2,1,"8B37","0A265185",200', undefined],
  ['+CREG: 2,1,"8B37","0A265185"', undefined],
])('%s is over %s', (line, technology) => {
  expect(readRegistration('circuit').parse([line])?.technology).toBe(technology);
});

it('a technology that nobody told has no name', () => {
  expect(technologyName(undefined)).toBeUndefined();
  expect(technologyName(7)).toBe('LTE');
});
