import type { EmulatedNetwork } from '../../../src/emulator/index.ts';
import type { Chance } from '../chance.ts';
import type { RunningGateway } from '../running-gateway.ts';

/** A text of which the gateway was asked to send it; each has a recipient of its own. */
export interface OutwardText {
  readonly to: string;
  readonly body: string;
  readonly segments: number;
  /** Undefined until the gateway has answered. */
  id?: string;
}

/** So few are on their way at once that a queue never hides what happens to the next. */
const mostUnderWay = 4;
/** More than any boundary waits for, out and in. */
const mostInARun = 8;
const giveUpAskingMs = 10_000;

/** Texts out and in at one SIM. What was asked and not answered is asked again, by the same Idempotency-Key. */
export class CrashTraffic {
  readonly outward: OutwardText[] = [];
  readonly inward: string[] = [];
  readonly #network: EmulatedNetwork;
  readonly #number: string;
  readonly #place: number;
  readonly #chance: Chance;
  #left = { out: mostInARun, in: mostInARun };
  /** Texts before this place were asked for in earlier runs: some of those never leave. */
  #begun = 0;

  constructor(network: EmulatedNetwork, number: string, place: number, chance: Chance) {
    this.#network = network;
    this.#number = number;
    this.#place = place;
    this.#chance = chance;
  }

  /** The program starts anew. */
  begin(): void {
    this.#left = { out: mostInARun, in: mostInARun };
    this.#begun = this.outward.length;
  }

  /** Lets a text come in, and asks for one to go out where few are on their way; false when the gateway does not answer. */
  async feed(gateway: RunningGateway): Promise<boolean> {
    this.#comeIn();
    const unanswered = this.outward.filter(({ id }) => id === undefined);
    const mayFollow = unanswered.length === 0 && this.#left.out > 0 && this.#underWay() < mostUnderWay;
    if (mayFollow) unanswered.push(this.#next());
    for (const text of unanswered) if (!(await this.#ask(gateway, text))) return false;
    return true;
  }

  /** Asks for all that was never answered. */
  async askAgain(gateway: RunningGateway): Promise<void> {
    for (const text of this.outward)
      if (text.id === undefined && !(await this.#ask(gateway, text)))
        throw new Error(`The gateway does not take "${text.body.slice(0, 20)}".`);
  }

  /** Numbers of the parts of a text that the network took, in order. */
  taken({ to }: OutwardText): number[] {
    const parts = this.#network.submissions.all.filter(
      (part) => part.from === this.#number && part.to === to,
    );
    return parts.map(({ concatenation }) => concatenation?.sequence ?? 1);
  }

  #underWay(): number {
    return this.outward.slice(this.#begun).filter((text) => this.taken(text).length === 0).length;
  }

  #next(): OutwardText {
    this.#left.out--;
    const place = this.outward.length;
    const long = this.#chance.next() < 0.3;
    const to = `+1555${7_000_000 + 100_000 * this.#place + place}`;
    const body = long ? `out ${place} `.repeat(30) : `out ${place}`;
    const text: OutwardText = { to, body, segments: body.length > 160 ? 2 : 1 };
    this.outward.push(text);
    return text;
  }

  #comeIn(): void {
    if (this.#left.in === 0 || this.#network.heldFor(this.#number) >= mostUnderWay) return;
    this.#left.in--;
    const place = this.inward.length;
    const text = this.#chance.next() < 0.3 ? `in ${place} `.repeat(30) : `in ${place}`;
    this.inward.push(text);
    const order = text.length > 160 && this.#chance.next() < 0.5 ? { order: [2, 1] } : {};
    this.#network.deliver({ from: '+15557654321', to: this.#number, text, reference: place % 256, ...order });
  }

  async #ask(gateway: RunningGateway, text: OutwardText): Promise<boolean> {
    const { to, body } = text;
    const asked = gateway.request('/v1/sms/send', {
      method: 'POST',
      headers: { 'Idempotency-Key': `${this.#number} ${to}` },
      body: JSON.stringify({ from: this.#number, to, body }),
      signal: AbortSignal.timeout(giveUpAskingMs),
    });
    const answer = await asked.catch(() => undefined);
    if (answer === undefined || answer.status === 503) return false;
    if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    text.id = (answer.body as { data: { message_id: string } }).data.message_id;
    return true;
  }
}
