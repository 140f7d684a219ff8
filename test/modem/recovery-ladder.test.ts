import { describe, expect, it } from 'vitest';
import {
  absent,
  answered,
  calm,
  type Failure,
  type FailureKind,
  failed,
  joined,
  type Move,
  opened,
  ordered,
  type RecoveryState,
  restartsInADay,
  serving,
  steady,
} from '../../src/modem/recovery-ladder.ts';

const minute = 60_000;

/** A ladder under a clock of its own. */
class Ladder {
  state: RecoveryState = calm;
  at = 0;
  identified = true;
  move: Move | undefined;

  fails(kind: FailureKind, afterMs = 0, reason = kind as string): this {
    this.at += afterMs;
    const failure: Failure = { kind, reason, identified: this.identified, at: this.at, now: 1e12 + this.at };
    ({ state: this.state, move: this.move } = failed(this.state, failure));
    return this;
  }

  isAbsent(afterMs = 0): this {
    this.at += afterMs;
    ({ state: this.state, move: this.move } = absent(this.state, this.at));
    return this;
  }

  serves(forMs: number): this {
    this.state = serving(this.state, this.at);
    this.at += forMs;
    this.state = steady(this.state, this.at);
    return this;
  }

  get stands(): string {
    return `${this.state.step} ${this.move?.action} ${this.move?.pauseMs}`;
  }
}

const ladder = () => new Ladder();

describe('the first failure', () => {
  it.each<[FailureKind, string]>([
    ['timeout', 'resynchronise none 0'],
    ['silence', 'reopen reopen 500'],
    ['boot', 'initialise initialise 0'],
    ['trouble', 'initialise initialise 0'],
    ['setup', 'initialise initialise 0'],
    ['port', 'reopen reopen 500'],
  ])('of kind %s is answered by: %s', (kind, stands) => {
    expect(ladder().fails(kind).stands).toBe(stands);
  });

  it('says why, since when, and how often something was tried', () => {
    const { state } = ladder()
      .fails('boot', 500, 'the modem started anew')
      .fails('silence', 900, 'no answer to AT');
    expect(state).toMatchObject({
      step: 'reopen',
      reason: 'no answer to AT',
      since: 1e12 + 500,
      attempts: 2,
    });
  });
});

describe('commands without an answer', () => {
  it('are brought back into step once and twice, and the third in a row has the modem set up anew', () => {
    const steps = ladder();
    const seen = [1, 2, 3].map(() => steps.fails('timeout').stands);
    expect(seen).toEqual(['resynchronise none 0', 'resynchronise none 0', 'initialise initialise 0']);
  });

  it('with an answer between them are no row, and the trouble is over with it', () => {
    const steps = ladder().fails('timeout').fails('timeout');
    steps.state = answered(steps.state);
    expect(steps.state.step).toBeUndefined();
    expect(steps.fails('timeout').fails('timeout').stands).toBe('resynchronise none 0');
  });

  it('on a higher step leave it where it is, until there are three', () => {
    const steps = ladder().fails('silence').fails('timeout');
    expect(steps.state).toMatchObject({ step: 'reopen', unanswered: 1 });
    steps.state = answered(steps.state);
    expect(steps.state).toMatchObject({ step: 'reopen', unanswered: 0 });
    expect(steps.fails('timeout').fails('timeout').fails('timeout').stands).toBe('reopen reopen 2000');
  });
});

describe('failure after failure', () => {
  it('climbs step by step, with growing pauses, to where it needs a person and is tried slowly', () => {
    const steps = ladder();
    const seen = [steps.fails('setup').stands];
    for (let count = 0; count < 10; count++) seen.push(steps.fails('silence', 15_000).stands);
    expect(seen).toEqual([
      'initialise initialise 0',
      'reopen reopen 500',
      'reopen reopen 2000',
      'restart restart 0',
      'await_return reopen 2000',
      'await_return reopen 2000',
      'await_return reopen 2000',
      'needs_person reopen 30000',
      'needs_person reopen 60000',
      'needs_person reopen 60000',
      'needs_person reopen 60000',
    ]);
  });

  it('restarts the modem at most once in ten minutes, however long it lasts', () => {
    const steps = ladder();
    const restarts: number[] = [];
    for (let count = 0; count < 500; count++) {
      steps.fails('silence', 13_000 + (steps.move?.pauseMs ?? 0));
      if (steps.move?.action === 'restart') restarts.push(steps.at);
    }
    const gaps = restarts.slice(1).map((at, index) => at - (restarts[index] ?? 0));
    expect(restarts.length).toBeGreaterThan(50);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10 * minute);
    expect(steps.state.restarts.length).toBeLessThanOrEqual(1_000);
  });

  it('soon after a restart that helped opens the port anew until the next restart is allowed', () => {
    const steps = ladder().fails('silence').fails('silence').fails('silence');
    expect(steps.stands).toBe('restart restart 0');
    steps.serves(3 * minute);
    expect(steps.state.step).toBeUndefined();
    const seen = new Set<string | undefined>();
    while (steps.at < 9 * minute) seen.add(steps.fails('silence', 20_000).move?.action);
    expect(seen).toEqual(new Set(['reopen']));
    expect(steps.move?.pauseMs).toBe(30_000);
    expect(steps.fails('silence', 2 * minute).stands).toBe('restart restart 0');
  });

  it('of a port that never was a modem restarts nothing', () => {
    const steps = ladder();
    steps.identified = false;
    const seen = Array.from({ length: 8 }, () => steps.fails('silence', 15_000).stands);
    expect(new Set(seen.map((stands) => stands.split(' ')[1]))).toEqual(new Set(['reopen']));
    expect(steps.stands).toBe('reopen reopen 30000');
  });
});

describe('a modem that serves again', () => {
  it('for two minutes begins at the bottom when it fails the next time', () => {
    const steps = ladder()
      .fails('boot')
      .fails('boot')
      .serves(2 * minute);
    expect(steps.state).toMatchObject({ step: undefined, attempts: 0 });
    expect(steps.fails('boot').stands).toBe('initialise initialise 0');
  });

  it('for less goes on from where it was: it boots, dies, boots, and climbs', () => {
    const steps = ladder();
    const seen: string[] = [];
    for (let count = 0; count < 6; count++) {
      seen.push(steps.fails('boot').stands);
      steps.serves(minute);
    }
    expect(seen.map((stands) => stands.split(' ')[0])).toEqual([
      'initialise',
      'reopen',
      'reopen',
      'restart',
      'await_return',
      'needs_person',
    ]);
    expect(steps.state.attempts).toBe(6);
  });

  it('is shown as in recovery until it has held', () => {
    const steps = ladder().fails('silence').serves(minute);
    expect(steps.state.step).toBe('reopen');
    expect(steps.serves(minute).state.step).toBeUndefined();
  });
});

describe('a port that is not there', () => {
  it('without a restart was pulled out, and what was wrong is forgotten', () => {
    const steps = ladder().fails('silence').fails('silence').isAbsent(1_000);
    expect(steps.state.step).toBeUndefined();
    expect(steps.move).toEqual({ action: 'reopen', pauseMs: 500 });
  });

  it('after a restart is waited for, and after a minute needs a person', () => {
    const steps = ladder().fails('silence').fails('silence').fails('silence').isAbsent(1_000);
    expect(steps.state.step).toBe('await_return');
    expect(steps.isAbsent(50_000).state.step).toBe('await_return');
    expect(steps.isAbsent(10_000).state).toMatchObject({
      step: 'needs_person',
      reason: expect.stringContaining('bus'),
    });
    expect(steps.move?.pauseMs).toBe(500);
    steps.state = opened(steps.isAbsent(minute).state);
    expect(steps.state.step).toBeUndefined();
  });

  it('for a moment after a restart changes nothing about it', () => {
    const steps = ladder().fails('silence').fails('silence').fails('silence').isAbsent(1_000);
    steps.state = opened(steps.state);
    expect(steps.fails('setup', 5_000).stands).toBe('await_return reopen 2000');
  });

  it('while it needs a person is a person at work', () => {
    const steps = ladder();
    while (steps.state.step !== 'needs_person') steps.fails('silence', 30_000);
    expect(steps.isAbsent(minute).state.step).toBeUndefined();
  });
});

describe('restarts', () => {
  it('are counted over a day, those it was told to and those it did by itself', () => {
    const steps = ladder()
      .fails('boot')
      .serves(60 * minute)
      .fails('boot')
      .fails('silence')
      .fails('silence')
      .fails('silence');
    expect(steps.stands).toBe('restart restart 0');
    expect(restartsInADay(steps.state, steps.at)).toBe(3);
    expect(restartsInADay(steps.state, steps.at + 23.5 * 60 * minute)).toBe(2);
    expect(restartsInADay(steps.state, steps.at + 24 * 60 * minute)).toBe(0);
  });

  it('that a person ordered do not count, nor what the modem says of them', () => {
    const steps = ladder()
      .fails('silence')
      .serves(3 * minute);
    ({ state: steps.state, move: steps.move } = ordered(steps.state, steps.at, 1e12 + steps.at));
    expect(steps.stands).toBe('restart initialise 0');
    expect(steps.fails('boot', 4_000).stands).toBe('restart initialise 0');
    expect(restartsInADay(steps.state, steps.at)).toBe(0);
    steps.serves(3 * minute);
    expect(steps.fails('boot').state).toMatchObject({ step: 'initialise', restarts: [steps.at] });
  });

  it('that a person ordered are followed by none of ours for ten minutes, however it hangs', () => {
    const steps = ladder();
    ({ state: steps.state } = ordered(steps.state, 0, 1e12));
    while (steps.at < 9 * minute) expect(steps.fails('silence', 20_000).move?.action).toBe('reopen');
    expect(steps.state.step).toBe('needs_person');
    expect(steps.fails('silence', 2 * minute).move?.action).toBe('restart');
  });

  it('are counted once, though the modem says so when it is back', () => {
    const steps = ladder().fails('silence').fails('silence').fails('silence');
    expect(steps.stands).toBe('restart restart 0');
    steps.fails('boot', 5_000);
    expect(restartsInADay(steps.state, steps.at)).toBe(1);
    steps.fails('boot', minute);
    expect(restartsInADay(steps.state, steps.at)).toBe(2);
  });

  it('of one modem at two ports are those of both, and the deeper trouble stands', () => {
    const old = ladder().fails('silence').fails('silence').fails('silence').isAbsent(1_000);
    const fresh = ladder().fails('boot', 5_000);
    expect(joined(fresh.state, old.state)).toMatchObject({
      step: 'await_return',
      restartedAt: old.state.restartedAt,
      restarts: [0, 5_000],
    });
  });
});
