import type { Message } from '../../src/contract/message.ts';
import type { QueueState } from '../../src/contract/queue.ts';
import type { Story } from '../../src/contract/story.ts';
import type { Profile } from '../../src/emulator/index.ts';
import { numbers, World } from './model/world.ts';

export const friend = '+15557654321';

/** A gateway with two modems in which a person does one thing after another. */
export class Office {
  readonly world: World;

  private constructor(world: World) {
    this.world = world;
  }

  /** @param profile the family of its modems, where that matters */
  static async open(profile?: Profile): Promise<Office> {
    return new Office(await World.begin(profile));
  }

  /** Asks for a text to be sent from the first SIM; its id. */
  async send(body: string, more: object = {}): Promise<string> {
    const request = { from: numbers[0], to: friend, body, ...more };
    const { status, data } = await this.world.gateway.request('POST', '/v1/sms/send', request);
    if (status !== 202) throw new Error(`A text was answered ${status}`);
    return (data as { message_id: string }).message_id;
  }

  /** A time from now, as a request names it. */
  at(inMs: number): string {
    return new Date(this.world.clock.now() + inMs).toISOString();
  }

  /** Status of a text, with the first word of why it failed. */
  async status(id: string): Promise<string> {
    const { data } = await this.world.gateway.request('GET', `/v1/sms/${id}`);
    const { status, failure_reason: reason } = data as Message;
    return reason === null ? status : `${status}: ${reason.split(':')[0]}`;
  }

  async story(id: string): Promise<string[]> {
    const { data } = await this.world.gateway.request('GET', `/v1/sms/${id}/events`);
    return (data as { events: { entry: string }[] }).events.map(({ entry }) => entry);
  }

  /** Sets something for the first SIM. */
  async set(settings: object): Promise<void> {
    const { gateway } = this.world;
    const sims = (await gateway.request('GET', '/v1/sims')).data as { iccid: string; number: string }[];
    const first = sims.find(({ number }) => number === numbers[0]);
    const { status } = await gateway.request('PATCH', `/v1/sims/${first?.iccid}`, settings);
    if (status !== 200) throw new Error(`Setting was answered ${status}`);
  }

  /** Why a text has not left, and until when. */
  async waits(id: string): Promise<Story['waits']> {
    return ((await this.world.gateway.request('GET', `/v1/sms/${id}/events`)).data as Story).waits;
  }

  async queue(): Promise<QueueState> {
    return (await this.world.gateway.request('GET', '/v1/queue')).data;
  }

  async decide(decision: string): Promise<QueueState> {
    return (await this.world.gateway.request('POST', `/v1/queue/${decision}`)).data;
  }

  /** What the network took, in order. */
  get taken(): (string | undefined)[] {
    return this.world.network.submissions.all.map(({ text }) => text);
  }
}
