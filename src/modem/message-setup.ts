import { type Clock, delay } from '../clock.ts';
import { action, keepLink, messageService, noBroadcasts, pduMode } from '../gsm/at/commands.ts';
import type { Unsolicited } from '../gsm/at/unsolicited.ts';
import type { AtChannel } from './at-channel.ts';
import { type Indications, negotiateIndications } from './indications.ts';
import { type DeletedArrival, MessageStores } from './message-stores.ts';
import { ModemError } from './modem-error.ts';
import { Obstacle } from './obstacle.ts';
import { optional } from './optional.ts';
import type { Profile, ServiceStart } from './profiles/index.ts';

/** At this pace a text service that is not up yet is asked again. */
const serviceRetryMs = 1_000;

/** Where the texts of a modem lie, and how it tells of them. */
export interface MessageSetup {
  readonly stores: MessageStores;
  readonly indications: Indications;
}

/**
 * Sets the modem up for texts: PDU mode, stores, indications.
 *
 * @throws Obstacle `sms_not_ready` where its text service does not come up
 */
export async function setUpMessages(
  channel: AtChannel,
  clock: Clock,
  signal: AbortSignal,
  profile: Profile,
  deleted: DeletedArrival,
): Promise<MessageSetup> {
  const patiently = <Result>(attempt: () => Promise<Result>) =>
    whenServiceIsUp(channel, clock, signal, profile.service, attempt);
  await patiently(() => channel.run(pduMode, 'control'));
  await optional(channel, messageService(0));
  const stores = await patiently(() => MessageStores.negotiate(channel, deleted, profile.stores)).catch(
    async (error: unknown) => {
      const unnamed = error instanceof Obstacle && (await MessageStores.unnamed(channel, deleted));
      if (unnamed) return unnamed;
      throw error;
    },
  );
  const indications = await negotiateIndications(channel, profile.indications);
  await optional(channel, keepLink);
  await optional(channel, action('AT+CLIP=1'));
  await optional(channel, noBroadcasts);
  return { stores, indications };
}

/**
 * Errors right after a start or a PIN mean "not yet": they are waited out, not counted as faults. A line that says that
 * the service is up shortens the wait; one that came before this port was opened is not missed for long.
 */
async function whenServiceIsUp<Result>(
  channel: AtChannel,
  clock: Clock,
  signal: AbortSignal,
  service: ServiceStart,
  attempt: () => Promise<Result>,
): Promise<Result> {
  let announced = new AbortController();
  const listener = (event: Unsolicited) => {
    if (event.type === 'ready' && service.readyTexts.includes(event.text)) announced.abort();
  };
  channel.on('unsolicited', listener);
  try {
    for (let waitedMs = 0; ; waitedMs += serviceRetryMs) {
      const answer = await unlessNotYet(attempt, waitedMs >= service.waitMs);
      if (answer) return answer.result;
      await delay(clock, serviceRetryMs, AbortSignal.any([signal, announced.signal]));
      announced = new AbortController();
    }
  } finally {
    channel.off('unsolicited', listener);
  }
}

async function unlessNotYet<Result>(
  attempt: () => Promise<Result>,
  late: boolean,
): Promise<{ readonly result: Result } | undefined> {
  try {
    return { result: await attempt() };
  } catch (error) {
    const notYet = error instanceof Obstacle || (error instanceof ModemError && error.code === 'refused');
    if (!notYet) throw error;
    if (late) throw new Obstacle('sms_not_ready', `The modem refuses its text service (${error.message}).`);
    return undefined;
  }
}
