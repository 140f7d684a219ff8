import { acknowledge } from '../gsm/at/commands.ts';
import type { CommandLine, Outcome } from '../gsm/at/exchange.ts';
import type { AtChannel } from './at-channel.ts';
import type { Arrival } from './message-stores.ts';
import { ModemError } from './modem-error.ts';

/** More texts than anybody sends twice with the same bytes before the oldest of them is forgotten. */
const mostAcknowledged = 1_000;

/**
 * Texts and reports that a modem brings with their PDU, TS 27.005 3.4.1 (+CMT, +CDS), kept and, where the service of
 * +CSMS=1 asks for it, acknowledged with AT+CNMA.
 *
 * Two of the very same bytes lie at no place that could tell them apart. With acknowledgement the network repeats only
 * what was not acknowledged, so the second is a text of its own if, and only if, the modem's OK to the AT+CNMA of the
 * first came before it on the wire, in this session. In every other case they are one text: where nothing is
 * acknowledged, where the AT+CNMA was refused, lost or still on its way when the second came, and where the modem was
 * unplugged, restarted or opened anew between them, because then an OK may have been the last that it did.
 */
export class DirectArrivals {
  readonly #channel: AtChannel;
  readonly #keep: (arrival: Arrival) => boolean;
  /** AT+CNMA commands that were not answered yet, with what each of them acknowledges. */
  readonly #pending = new Map<CommandLine, string>();
  readonly #acknowledged = new Set<string>();

  constructor(channel: AtChannel, keep: (arrival: Arrival) => boolean) {
    this.#channel = channel;
    this.#keep = keep;
    channel.on('ended', (command, outcome) => this.#onEnd(command, outcome));
  }

  /**
   * Keeps an arrival at once, before the line after it is looked at, and then has it acknowledged. One that lost a digit
   * on the line is kept as it came only where the network does not repeat what nobody acknowledges.
   */
  async take(pdu: string, tpduLength: number, acknowledged: boolean): Promise<void> {
    if (acknowledged && pdu.length % 2 !== 0) return;
    const anew = this.#acknowledged.delete(pdu);
    this.#keep({ pdu, tpduLength, storage: '', index: 0, occupied: undefined, anew });
    if (acknowledged) await this.#acknowledge(pdu);
  }

  /** A modem that expects no acknowledgement says so, which harms nothing. */
  async #acknowledge(pdu: string): Promise<void> {
    const command = { ...acknowledge };
    this.#pending.set(command, pdu);
    try {
      await this.#channel.run(command, 'arrival');
    } catch (error) {
      if (!(error instanceof ModemError)) throw error;
    } finally {
      this.#pending.delete(command);
    }
  }

  #onEnd(command: CommandLine, outcome: Outcome): void {
    const pdu = this.#pending.get(command);
    if (pdu === undefined || outcome.kind !== 'ok') return;
    const [oldest] = this.#acknowledged;
    if (oldest !== undefined && this.#acknowledged.size >= mostAcknowledged)
      this.#acknowledged.delete(oldest);
    this.#acknowledged.add(pdu);
  }
}
