import { describe, expect, it } from 'vitest';
import { sameRecipient } from '../../src/messages/recipient-match.ts';
import { judgeRefusal, type Refusal } from '../../src/messages/refusal-judgement.ts';
import { judgeReport } from '../../src/messages/report-judgement.ts';
import { mostAttempts, retryPauseMs } from '../../src/messages/retry-schedule.ts';

const cms = (code: number | undefined): Refusal => ({ kind: 'cms', code, text: `+CMS ERROR: ${code}` });
const cme = (code: number): Refusal => ({ kind: 'cme', code, text: `+CME ERROR: ${code}` });
const plain: Refusal = { kind: 'plain', code: undefined, text: 'ERROR' };
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const quickMs = 1_500;
const lateMs = 20_001;

describe('a refusal of the network or the modem', () => {
  const table: [string, number[], string, string][] = [
    ['an unknown recipient', [1, 30], 'permanent', 'recipient_unknown'],
    [
      'a rejection',
      [8, 10, 28, 29, 50, 69, 95, 96, 97, 98, 99, 111, 302, 303],
      'permanent',
      'network_rejected',
    ],
    ['a PDU that the modem does not take', [304, 305], 'permanent', 'modem_failure'],
    ['worth one more try', [21, 127], 'once-more', 'network_rejected'],
    ['a recipient who is away', [22, 27], 'transient', 'recipient_unavailable'],
    [
      'a network in trouble',
      [17, 38, 41, 42, 47, 331, 500, 512, 513, 521, 600, 3517],
      'transient',
      'network_rejected',
    ],
    ['a SIM in trouble', [...range(310, 318), 320, 321, 322, 330], 'hold-sim', 'sim_failure'],
    ['a modem in trouble', [300, 301, 340], 'hold-modem', 'modem_failure'],
    ['a text that was taken already', [197], 'accepted', 'network_rejected'],
    ['no answer of the network', [332], 'ambiguous', 'network_rejected'],
    [
      'a failure of the service centre that lasts',
      [128, 143, 144, 176, 193, 195, 196, 198, 199, 209, 254],
      'permanent',
      'network_rejected',
    ],
    [
      'a failure of the service centre that passes',
      [192, 194, 208, 211, 212, 255],
      'transient',
      'network_rejected',
    ],
  ];

  it.each(
    table.flatMap(([what, codes, className, word]) =>
      codes.map((code) => [code, what, className, word] as const),
    ),
  )('+CMS ERROR: %i is %s', (code, _, className, word) => {
    const judgement = judgeRefusal(cms(code), quickMs);
    expect(judgement).toMatchObject({ class: className, word });
    expect(judgement.sentence).toMatch(/^[a-z].{10,}[^.]$/);
  });

  it.each([
    [[5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 40], 'hold-sim', 'sim_failure'],
    [[0, 1, 60], 'hold-modem', 'modem_failure'],
    [[31], 'ambiguous', 'network_rejected'],
    [[3, 4, 30, 50, 100, 515, 3517], 'transient', 'network_rejected'],
  ] as const)('+CME ERROR %j is a %s', (codes, className, word) => {
    for (const code of codes)
      expect(judgeRefusal(cme(code), quickMs)).toMatchObject({ class: className, word });
  });

  it('without a number that came quickly passes by itself', () => {
    expect(judgeRefusal(plain, quickMs)).toMatchObject({ class: 'transient', word: 'network_rejected' });
    expect(judgeRefusal(cms(undefined), quickMs).class).toBe('transient');
  });

  it.each([
    ['+CMS ERROR: 38', cms(38)],
    ['+CMS ERROR: 500', cms(500)],
    ['ERROR', plain],
    ['words in no table', cms(undefined)],
  ] as const)('%s more than 20 s after ctrl-Z may hide a text that was sent', (_, refusal) => {
    expect(judgeRefusal(refusal, 20_000).class).toBe('transient');
    expect(judgeRefusal(refusal, lateMs).class).toBe('ambiguous');
  });

  it.each([1, 21, 27, 41, 42, 322, 512])('+CMS ERROR: %i says the same however late', (code) => {
    expect(judgeRefusal(cms(code), 119_000)).toEqual(judgeRefusal(cms(code), quickMs));
  });

  it.each([
    ['332', cms(332)],
    ['a late 500', cms(500)],
    ['ERROR', plain],
    ['a duplicate', cms(197)],
    ['no answer', cme(31)],
  ] as const)('(%s) instead of the prompt proves nothing but that nothing was sent', (_, refusal) => {
    expect(judgeRefusal(refusal, undefined).class).toBe('transient');
  });
});

it('+CMS ERROR: 305 instead of the prompt says that the modem fell back to text mode, not that the text is bad', () => {
  expect(judgeRefusal(cms(305), undefined)).toMatchObject({ class: 'hold-modem', word: 'modem_failure' });
});

describe('a status report', () => {
  const delivered = range(0x00, 0x1f);
  const pending = range(0x20, 0x3f);
  const words: [string, number[]][] = [
    ['recipient_unknown', [0x41, 0x43]],
    ['expired', [0x46]],
    ['network_rejected', [0x40, 0x42]],
    ['undeliverable', [0x44, 0x45, ...range(0x47, 0x5f), ...range(0x66, 0xff)]],
    ['recipient_unavailable', range(0x60, 0x65)],
  ];

  it('says "delivered" by every status below 0x20', () => {
    for (const status of delivered) expect(judgeReport(status)).toEqual({ state: 'delivered' });
  });

  it('says "still trying" by those below 0x40', () => {
    for (const status of pending) expect(judgeReport(status)).toMatchObject({ state: 'pending' });
  });

  it.each(words)('says %s', (word, statuses) => {
    for (const status of statuses) {
      const judgement = judgeReport(status);
      expect(judgement, `0x${status.toString(16)}`).toMatchObject({ state: 'undelivered', word });
      expect(judgement).toHaveProperty('sentence', expect.stringMatching(/^[a-z].{5,}[^.]$/));
    }
  });

  it('says something for every octet', () => {
    const all = [...delivered, ...pending, ...words.flatMap(([, statuses]) => statuses)];
    expect(all.toSorted((a, b) => a - b)).toEqual(range(0, 255));
  });
});

describe('the pauses between attempts', () => {
  it('are 10 s, 30 s, 2 min, 5 min, 15 min, then an hour', () => {
    expect(range(1, mostAttempts).map((attempt) => retryPauseMs(attempt, 0.5))).toEqual([
      10_000, 30_000, 120_000, 300_000, 900_000, 3_600_000, 3_600_000, 3_600_000,
    ]);
    expect(mostAttempts).toBe(8);
  });

  it('vary by 20 % where they are an hour, so that what failed together does not come back together', () => {
    expect(retryPauseMs(6, 0)).toBe(2_880_000);
    expect(retryPauseMs(6, 1)).toBe(4_320_000);
    expect(retryPauseMs(6, 1 / 3)).toBe(3_360_000);
    expect(retryPauseMs(7, 0.123_456_789)).toBe(3_057_778);
  });
});

describe('two forms of a recipient', () => {
  it.each([
    ['+15557654321', '+15557654321'],
    ['+15557654321', '15557654321'],
    ['+15557654321', '5557654321'],
    ['+15557654321', '05557654321'],
    ['+15557654321', '0015557654321'],
    ['+31641600986', '0641600986'],
    ['+31641600986', '641600986'],
    ['+31641600986', '+3 164 160 0986'],
    ['12345', '12345'],
  ])('%s and %s are one', (one, other) => {
    expect(sameRecipient(one, other)).toBe(true);
    expect(sameRecipient(other, one)).toBe(true);
  });

  it.each([
    ['+15557654321', '+15557654322'],
    ['+15557654321', '654321'],
    ['12345', '2345'],
    ['12345', '+3112345'],
    ['+15557654321', ''],
    ['+15557654321', 'Postern'],
    ['0000000', '+15550000000'],
  ])('%s and %s are two', (one, other) => {
    expect(sameRecipient(one, other)).toBe(false);
    expect(sameRecipient(other, one)).toBe(false);
  });
});
