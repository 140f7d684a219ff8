import type { Clock, Timer } from '../../clock.ts';
import { type Notifications, noNotifications, type Settings } from '../at/settings.ts';
import type { Acceptance, Arrival } from '../network/subscriber.ts';
import { arrivalClass } from '../network/tpdu.ts';
import type { Profile } from '../profiles/profile.ts';
import type { StoredMessage } from './message-storage.ts';
import type { MobileEquipment } from './mobile-equipment.ts';
import { StoreView } from './store-view.ts';
import { deliverLine, reportLine } from './unsolicited-message.ts';

interface MessageServiceOptions {
  readonly clock: Clock;
  readonly profile: Profile;
  readonly settings: Settings;
  readonly equipment: MobileEquipment;
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

  arrive(arrival: Arrival): Acceptance | Promise<Acceptance> {
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
    const { deliver } = this.#options.settings.notifications;
    const messageClass = arrivalClass(arrival.pdu);
    const direct = (deliver === 2 && messageClass !== 2) || (deliver === 3 && messageClass === 3);
    if (direct) return this.#handOn(deliverLine(arrival, this.#options.settings));
    return this.#keep(arrival, this.#options.settings.storages[2], deliver === 0 ? undefined : '+CMTI');
  }

  #report(arrival: Arrival): Acceptance | Promise<Acceptance> {
    const { report } = this.#options.settings.notifications;
    if (report === 1) return this.#handOn(reportLine(arrival, this.#options.settings));
    if (report === 2) return this.#keep(arrival, this.#options.profile.reports.storage, '+CDSI');
    return 'accepted';
  }

  #keep(arrival: Arrival, storage: string, announce: '+CMTI' | '+CDSI' | undefined): Acceptance {
    const message: StoredMessage = { status: 0, pdu: arrival.pdu, length: arrival.length };
    const index = this.store(storage).add(message);
    if (index === undefined) return 'full';
    const named = announce === '+CDSI' ? this.#options.profile.reports.announced : storage;
    if (announce) this.#tell(`${announce}: "${named}",${index}`);
    return 'accepted';
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
    const timer: Timer = this.#options.clock.after(acknowledgeWithinMs, () => this.#unacknowledged());
    this.#awaited = (acceptance) => {
      timer.cancel();
      this.#awaited = undefined;
      resolve(acceptance);
    };
    return promise;
  }

  /** Without its acknowledgement a modem stops handing on (27.005 3.4.4, +CNMI mt and ds become 0). */
  #unacknowledged(): void {
    const { settings } = this.#options;
    settings.notifications = { ...noNotifications, mode: settings.notifications.mode };
    this.#awaited?.('unacknowledged');
  }

  #tell(text: string): void {
    if (this.#options.settings.notifications.mode !== 0) return this.#options.say(text);
    this.#buffered = [...this.#buffered, text].slice(-longestBuffer);
  }
}
