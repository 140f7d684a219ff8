import type { Settings } from '../at/settings.ts';
import { ussdLine } from '../at/unsolicited.ts';
import type { Acceptance, Arrival, Subscriber } from '../network/subscriber.ts';
import type { Profile } from '../profiles/profile.ts';
import type { MessageService } from './message-service.ts';
import type { MobileEquipment } from './mobile-equipment.ts';

/** What the network's doings act on. */
interface Inside {
  readonly profile: Profile;
  readonly settings: Settings;
  readonly equipment: MobileEquipment;
  readonly messages: MessageService;
  unsolicited(text: string): void;
}

/** A modem as the network sees it: texts, calls and USSD arrive, and the host is told as it wishes. */
export class NetworkSide implements Subscriber {
  readonly #inside: Inside;

  constructor(inside: Inside) {
    this.#inside = inside;
  }

  arrive(arrival: Arrival): Acceptance | Promise<Acceptance> {
    return this.#inside.messages.arrive(arrival);
  }

  ring(number: string | undefined): void {
    this.#inside.equipment.calls.ring(number);
  }

  callEnded(): void {
    if (!this.#inside.equipment.calls.end()) return;
    for (const text of this.#inside.profile.missedCall) this.#inside.unsolicited(text);
  }

  ussd(status: number, text: string | undefined): void {
    const { settings, profile } = this.#inside;
    const packed = profile.packsUssd?.(settings) ?? false;
    if (settings.ussdReports) this.#inside.unsolicited(ussdLine(status, text, { settings, packed }));
  }
}
