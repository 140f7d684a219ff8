import { systemClock } from '../../src/clock.ts';
import { Saboteur } from '../../src/emulator/index.ts';
import type { PluggedModem } from './bench-of-modems.ts';
import type { Chance } from './chance.ts';

/** Over in a few seconds, and none of them keeps a result from the gateway: that alone is waited for for minutes. */
const shortFaults = [
  'echo',
  'forget',
  'fragments=3,3',
  'noise=3',
  'storm=3',
  'slow=100,3',
  'cms-error=500,1',
  'prompt-error=500,1',
  'lose-ok',
  'late-prompt=500,3',
  'bare-prompt=3',
  'report-first=3',
  'wrong-length=3',
  'notice-twice=3',
  'notice-empty',
  'keep-deleted',
  'zero-reference=3',
  'no-network=3',
];

const longFaults = [
  ...shortFaults,
  'hang=5',
  'garble=5',
  'reboot',
  'silent-reboot',
  'swallow',
  'truncate',
  'lose-result',
  'late-result=3000,10',
  'hang-after-send=5',
  'lose-prompt',
  'cme-error=100,2',
  'full=10',
  'lose-notice',
  'delete-error=320,1',
  'sim-busy=5',
  'sim-out=5',
  'denied=5',
];

/** A modem that is struck and pulled out by chance. */
export class SoakedModem {
  readonly plugged: PluggedModem;
  /** Where it may be plugged in. */
  readonly #sockets: readonly string[];
  readonly #saboteur: Saboteur;
  readonly #chance: Chance;
  readonly #faults: readonly string[];
  #moving: Promise<void> = Promise.resolve();

  constructor(plugged: PluggedModem, place: number, chance: Chance, long: boolean) {
    this.plugged = plugged;
    this.#sockets = [`${place}-left`, `${place}-right`];
    this.#chance = chance;
    this.#faults = long ? longFaults : shortFaults;
    this.#saboteur = new Saboteur(plugged.modem, systemClock);
  }

  /** What `--modem` says of it: its ports, and its number at the first. */
  get specs(): readonly string[] {
    return this.#sockets.map(
      (socket, at) => `path=${this.plugged.path(socket)}${at === 0 ? `,number=${this.plugged.number}` : ''}`,
    );
  }

  async plugIn(): Promise<void> {
    await this.plugged.plugIn(this.#sockets[0] ?? '');
  }

  /** Strikes it with something; what that was. */
  suffer(): string {
    if (this.#chance.next() < 0.2) return this.#move();
    const fault = this.#chance.of(this.#faults);
    this.#saboteur.strike(fault);
    return fault;
  }

  /** Takes all faults back, and has it plugged in. */
  async mend(): Promise<void> {
    await this.#moving;
    this.#saboteur.mend();
  }

  /** Pulls it out, and puts it in again, perhaps elsewhere. */
  #move(): string {
    const socket = this.#chance.of(this.#sockets);
    const afterMs = this.#chance.between(0, 1_500);
    this.#moving = this.#moving.then(async () => {
      await this.plugged.unplug();
      await new Promise<void>((resolve) => systemClock.after(afterMs, resolve));
      await this.plugged.plugIn(socket);
    });
    return `moved to ${socket}`;
  }
}
