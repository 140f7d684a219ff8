import type { KnownFacts } from './known-facts.ts';
import { type Loss, lossOf } from './loss.ts';
import type { Obstacle } from './obstacle.ts';
import type { Recovery } from './recovery.ts';
import type { Move } from './recovery-ladder.ts';
import { needsPerson, noAnswer } from './recovery-obstacle.ts';

/** What only a person can clear is looked at again at this pace, by how often it was looked at. Milliseconds. */
const obstaclePausesMs = [500, 1_000, 2_000, 5_000, 10_000];
const longestObstaclePauseMs = 10_000;

/** What may also be a modem that got stuck is looked at again within this, however long it has lasted. */
const unreadyPauseMs = 30_000;

/** A card that was changed is read after this pause: one with a bad contact may change all the time. */
const anew: Move = { action: 'reopen', pauseMs: 500 };

/** Says what is done after a session of a modem ended, and tells how the modem stands until then. */
export class LossCare {
  readonly #facts: KnownFacts;
  readonly #recovery: Recovery;
  /** How often an obstacle was looked at in a row. */
  #looks = 0;

  constructor(facts: KnownFacts, recovery: Recovery) {
    this.#facts = facts;
    this.#recovery = recovery;
  }

  /** What `error`, which ended a session or kept it from beginning, leads to. */
  moveAfter(error: unknown): Move {
    const loss = lossOf(error);
    if (loss.type !== 'obstacle') this.#looks = 0;
    return this.#moveAfter(loss);
  }

  /** It is being brought back by this move. */
  recovering(move: Move): Move {
    const facts = this.#facts.now;
    const obstacle = needsPerson(facts) ?? noAnswer(facts);
    this.#facts.lose(obstacle ? 'attention' : 'recovering', obstacle);
    return move;
  }

  #moveAfter(loss: Loss): Move {
    switch (loss.type) {
      case 'absent':
        this.#facts.learn({ sameAs: loss.sameAs });
        return this.#absent(loss.obstacle);
      case 'obstacle':
        this.#facts.lose(loss.state, loss.obstacle);
        return {
          action: 'initialise',
          pauseMs: obstaclePausesMs[this.#looks++] ?? longestObstaclePauseMs,
        };
      case 'unready':
        this.#facts.lose('attention', loss.obstacle);
        return slowly(this.#recovery.failed('setup', loss.obstacle.message));
      case 'ordered':
        return this.recovering(this.#recovery.ordered());
      case 'card':
        this.#facts.lose('recovering', undefined);
        return anew;
      case 'failure':
        return this.recovering(this.#recovery.failed(loss.kind, loss.reason));
    }
  }

  #absent(obstacle: Obstacle): Move {
    const move = this.#recovery.absent();
    this.#facts.lose('absent', needsPerson(this.#facts.now) ?? obstacle);
    return move;
  }
}

/** What a person may clear meanwhile is not looked at at once, nor left alone for long. */
function slowly({ action, pauseMs }: Move): Move {
  return {
    action: action === 'initialise' ? 'reopen' : action,
    pauseMs: Math.min(Math.max(pauseMs, longestObstaclePauseMs), unreadyPauseMs),
  };
}
