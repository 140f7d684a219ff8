import type { Clock, Timer } from '../../clock.ts';
import type { Emulation } from '../../emulator/emulation.ts';
import { personOf } from './history.ts';
import { incoming, outgoing } from './office.ts';

/** So often something happens: often enough to be seen, seldom enough to be read. */
const everyMs = 12_000;

export interface TrafficOptions {
  readonly clock: Clock;
  readonly emulation: Emulation;
  /** Hands a text to the gateway as any customer does. */
  readonly send: (text: { from: string; to: string; body: string }) => Promise<unknown>;
  readonly onError: (error: Error) => void;
}

/** Texts that come and go as long as the demo runs. */
export class Traffic {
  readonly #options: TrafficOptions;
  #timer: Timer | undefined;
  #turn = 0;

  constructor(options: TrafficOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = this.#options.clock.after(everyMs, () => {
      this.#act();
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** Two texts go out for each that comes in, each from the next modem. */
  #act(): void {
    const turn = this.#turn++;
    const { emulation, send, onError } = this.#options;
    const place = turn % emulation.modems.length;
    const number = emulation.modems[place]?.number;
    if (number === undefined) return;
    const person = personOf(turn);
    if (turn % 3 === 2) {
      emulation.network.deliver({ from: person, to: number, text: incoming[turn % incoming.length] ?? '' });
      return;
    }
    const texts = outgoing[place] ?? [];
    send({ from: number, to: person, body: texts[turn % texts.length] ?? '' }).catch(onError);
  }
}
