import type { ModemFacts, ModemState } from './modem-facts.ts';
import type { Obstacle } from './obstacle.ts';

export interface FactListener {
  /** Something was learnt, whether it is news or not. */
  readonly learnt: (news: Partial<ModemFacts>) => void;
  readonly changed: (facts: ModemFacts, before: ModemFacts) => void;
}

/** What is known of one modem, from one of its sessions to the next. */
export class KnownFacts {
  readonly #listener: FactListener;
  #now: ModemFacts;

  constructor(first: ModemFacts, listener: FactListener) {
    this.#now = first;
    this.#listener = listener;
  }

  get now(): ModemFacts {
    return this.#now;
  }

  /** A port that is looked for twice a second brings no news each time. */
  learn(news: Partial<ModemFacts>): void {
    const before = this.#now;
    const passing = news.state === 'starting' || news.state === 'setting_up';
    const { state, ...rest } = news;
    const facts = { ...before, ...(passing && before.obstacle ? rest : news) };
    const changed = (Object.keys(news) as (keyof ModemFacts)[]).some((name) => facts[name] !== before[name]);
    this.#now = facts;
    this.#listener.learnt(news);
    if (changed) this.#listener.changed(facts, before);
  }

  /** A state that is only passed through does not hide what a person has been told to do. */
  pass(state: ModemState): void {
    if (!this.#now.obstacle) this.learn({ state });
  }

  /** It serves no more: what the network told of it is not known any longer. */
  lose(state: ModemState, obstacle: Obstacle | undefined): void {
    const before = this.#now.obstacle;
    const same = obstacle?.code === before?.code && obstacle?.message === before?.message;
    this.learn({
      state,
      obstacle: same ? before : obstacle,
      operator: undefined,
      technology: undefined,
      registration: undefined,
      registrations: undefined,
      signal: undefined,
      health: undefined,
    });
  }
}
