import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { KnownFacts } from './known-facts.ts';
import type { PortHandle } from './modem-port.ts';
import { ModemRestart } from './modem-restart.ts';
import type { Pause } from './pause.ts';
import type { PresumedCards } from './presumed-cards.ts';
import type { Move } from './recovery-ladder.ts';

/** What the moves are made with. */
export interface MoveSurroundings {
  readonly clock: Clock;
  readonly log: Logger;
  readonly cards: PresumedCards;
  readonly handle: PortHandle;
  readonly pause: Pause;
  readonly facts: KnownFacts;
  /** Whether the port was to be let go meanwhile. */
  readonly isOver: () => boolean;
}

/** Makes the moves that bring a modem back, between two of its sessions. */
export class RecoveryMoves {
  readonly #surroundings: MoveSurroundings;
  #restarting: ModemRestart | undefined;

  constructor(surroundings: MoveSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Pauses, opens the port anew, or restarts the modem, as the move says. */
  async perform({ action, pauseMs }: Move): Promise<void> {
    const { handle, pause, isOver } = this.#surroundings;
    if (action !== 'initialise') await handle.close();
    handle.keepHearing();
    // What ends a pause may have come while the port was closed, when there was none to end.
    if (pauseMs > 0 && !isOver()) await pause.of(pauseMs);
    if (action !== 'restart' || isOver()) return;
    await this.#restart().catch(() => undefined);
  }

  /** Lets the port go at once, also in the middle of a restart. */
  async stop(): Promise<void> {
    await this.#restarting?.stop();
  }

  async #restart(): Promise<void> {
    const { clock, log, cards, handle, facts, isOver } = this.#surroundings;
    const transport = await handle.open();
    this.#restarting = new ModemRestart(transport, facts.now.profile.resets, clock, log);
    cards.restarting(facts.now.id);
    if (isOver()) await this.#restarting.stop();
    else await this.#restarting.run();
    this.#restarting = undefined;
  }
}
