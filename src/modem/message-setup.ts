import { type Clock, delay } from '../clock.ts';
import { action, keepLink, messageService, pduMode } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { type Indications, negotiateIndications } from './indications.ts';
import { type DeletedArrival, MessageStores } from './message-stores.ts';
import { ModemError } from './modem-error.ts';
import { Obstacle } from './obstacle.ts';
import { optional } from './sim-access.ts';

/** A message service that is not up yet after a start or a PIN answers with errors; this long it is only waited for. */
const serviceRetryMs = 1_000;
const serviceTries = 30;

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
  deleted: DeletedArrival,
): Promise<MessageSetup> {
  const patiently = <Result>(attempt: () => Promise<Result>) => whenServiceIsUp(clock, signal, attempt);
  await patiently(() => channel.run(pduMode, 'control'));
  await optional(channel, messageService(0));
  const stores = await patiently(() => MessageStores.negotiate(channel, deleted));
  const indications = await negotiateIndications(channel);
  await optional(channel, keepLink);
  await optional(channel, action('AT+CLIP=1'));
  return { stores, indications };
}

/** Errors right after a start or a PIN mean "not yet": they are waited out, not counted as faults. */
async function whenServiceIsUp<Result>(
  clock: Clock,
  signal: AbortSignal,
  attempt: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const notYet = error instanceof Obstacle || (error instanceof ModemError && error.code === 'refused');
      if (!notYet) throw error;
      if (tries >= serviceTries)
        throw new Obstacle('sms_not_ready', `The modem refuses its text service (${error.message}).`);
      await delay(clock, serviceRetryMs, signal);
    }
  }
}
