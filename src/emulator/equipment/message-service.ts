import type { Clock } from '../../clock.ts';
import { type Notifications, noNotifications, type Settings } from '../at/settings.ts';
import { type Faults, takeNext } from '../faults.ts';
import type { Acceptance, Arrival } from '../network/subscriber.ts';
import type { Profile } from '../profiles/profile.ts';
import { destinationOf, sameToReplace } from './arrival-routing.ts';
import type { StoredMessage } from './message-storage.ts';
import type { MobileEquipment } from './mobile-equipment.ts';
import { StoreView } from './store-view.ts';
import { deliverLine, reportLine } from './unsolicited-message.ts';

interface MessageServiceOptions {
  readonly clock: Clock;
  readonly profile: Profile;
  readonly settings: Settings;
  readonly equipment: MobileEquipment;
  readonly faults: Faults;
  readonly say: (text: string) => void;
}

/** TC1N of 24.011 allows the modem 12 to 20 s to have a text acknowledged. */
const acknowledgeWithinMs = 15_000;
const longestBuffer = 100;

/**
 * What a modem does with texts and reports that arrive (3GPP TS 27.005 3.4): keep and tell, hand on at once, or
 * keep silent, by +CNMI; with +CSMS=1 what is handed on must be acknowledged, or the network sends it again.
 */
export class MessageService {
  readonly #options: MessageServiceOptions;
  #buffered: string[] = [];
  #awaited: ((acceptance: Acceptance) => void) | undefined;

  constructor(options: MessageServiceOptions) {
    this.#options = options;
  }

  /** A storage by its +CPMS name; `SM` needs a SIM. */
  store(name: string): StoreView {
    const { equipment, profile } = this.#options;
    const { ME, SR } = equipment.storages;
    const SM = equipment.sim ? [equipment.sim.messages] : [];
    const parts = { SM, ME: [ME], SR: [SR], MT: [ME, ...SM] }[name] ?? [];
    return new StoreView(parts, profile.firstIndex);
  }

  /** Writes a text into a storage; its index, or undefined when there is no room. */
  write(name: string, message: StoredMessage): number | undefined {
    return this.#options.faults.storageFull ? undefined : this.store(name).add(message);
  }

  /** A modem that hangs acknowledges nothing: the network tries again later. */
  arrive(arrival: Arrival): Acceptance | Promise<Acceptance> {
    if (this.#options.faults.hang) return 'unacknowledged';
    return arrival.kind === 'deliver' ? this.#deliver(arrival) : this.#report(arrival);
  }

  /** A place was emptied: the network may try again what found the memory full (RP-SMMA). */
  freed(): void {
    const { equipment } = this.#options;
    if (equipment.sim) equipment.network.memoryAvailable(equipment.sim);
  }

  /** AT+CNMA; false when nothing waits for it. */
  acknowledge(positive: boolean): boolean {
    if (!this.#awaited) return false;
    this.#awaited(positive ? 'accepted' : 'full');
    return true;
  }

  /** +CNMI: entering modes 1 to 3 flushes what was held back, or clears it. */
  notify(notifications: Notifications): void {
    this.#options.settings.notifications = notifications;
    if (notifications.mode === 0) return;
    const held = this.#buffered;
    this.#buffered = [];
    if (notifications.buffer === 0) for (const text of held) this.#options.say(text);
  }

  /** Power-off: nothing is held and nobody will acknowledge any more. */
  reset(): void {
    this.#buffered = [];
    this.#awaited?.('unacknowledged');
  }

  #deliver(arrival: Arrival): Acceptance | Promise<Acceptance> {
    const { settings, profile } = this.#options;
    const destination = destinationOf(arrival, settings.notifications.deliver);
    if (destination === 'nowhere') return 'accepted';
    if (destination === 'host') return this.#handOn(deliverLine(arrival, settings, profile.alpha));
    return this.#keep(arrival, settings.notifications.deliver > 0);
  }

  #report(arrival: Arrival): Acceptance | Promise<Acceptance> {
    const { settings, profile } = this.#options;
    const { report } = settings.notifications;
    if (report === 0) return 'accepted';
    if (report === 1) return this.#handOn(reportLine(arrival, settings));
    const { storage, announced } = profile.reports;
    const index = this.write(storage, stored(arrival));
    if (index === undefined) return 'full';
    if (announced) this.#notice(`+CDSI: "${announced}",${index}`);
    return 'accepted';
  }

  #keep(arrival: Arrival, announced: boolean): Acceptance {
    const { settings, profile } = this.#options;
    const name = settings.storages[2];
    const replaced = sameToReplace(arrival, this.store(name).entries());
    if (replaced !== undefined) this.store(name).remove(replaced);
    const index = this.write(name, stored(arrival));
    if (announced && index !== undefined) this.#notice(`+CMTI: "${name}",${index}`);
    if (index === undefined && profile.storageFull)
      this.#options.say(profile.storageFull.replace('{storage}', name));
    return index === undefined ? 'full' : 'accepted';
  }

  #handOn(text: string): Acceptance | Promise<Acceptance> {
    const { settings } = this.#options;
    const acknowledged = settings.messageService === 1 && settings.notifications.mode !== 0;
    const answer = acknowledged ? this.#awaitAcknowledgement() : 'accepted';
    this.#tell(text);
    return answer;
  }

  #awaitAcknowledgement(): Promise<Acceptance> {
    const { promise, resolve } = Promise.withResolvers<Acceptance>();
    const timer = this.#options.clock.after(acknowledgeWithinMs, () => this.#unacknowledged());
    this.#awaited = (acceptance) => {
      timer.cancel();
      this.#awaited = undefined;
      resolve(acceptance);
    };
    return promise;
  }

  /** Without its acknowledgement a modem stops handing on (27.005 3.4.4: mt and ds of +CNMI become 0). */
  #unacknowledged(): void {
    const { settings } = this.#options;
    settings.notifications = { ...noNotifications, mode: settings.notifications.mode };
    this.#awaited?.('unacknowledged');
  }

  #notice(text: string): void {
    const { faults } = this.#options;
    if (takeNext(faults, 'loseNextNotices')) return;
    this.#tell(text);
    if (faults.noticesTwice) this.#tell(text);
  }

  #tell(text: string): void {
    if (this.#options.settings.notifications.mode !== 0) return this.#options.say(text);
    this.#buffered = [...this.#buffered, text].slice(-longestBuffer);
  }
}

function stored({ pdu, length }: Arrival): StoredMessage {
  return { status: 0, pdu, length };
}
