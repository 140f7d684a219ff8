import type { Clock } from '../../clock.ts';
import type { Parameters } from '../at/parameters.ts';
import type { Reply, Result } from '../at/reply.ts';
import type { Settings } from '../at/settings.ts';
import type { MessageService } from '../equipment/message-service.ts';
import type { MobileEquipment } from '../equipment/mobile-equipment.ts';
import type { Faults } from '../faults.ts';
import type { Profile } from '../profiles/profile.ts';

/** The modem as its commands see it. */
export interface CommandServices {
  readonly clock: Clock;
  readonly profile: Profile;
  readonly settings: Settings;
  readonly equipment: MobileEquipment;
  readonly messages: MessageService;
  readonly faults: Faults;
  /** Factory settings (AT&F), the stored ones (ATZ), or store the present ones (AT&W). */
  loadSettings(from: 'factory' | 'stored'): void;
  storeSettings(): void;
  /** Restarts once the answer is out. */
  restart(): void;
  /** Goes off once the answer is out; only a person turns it on again. */
  powerDown(): void;
}

/** What a command can see and do: the modem, and the port that it was typed at. */
export interface CommandContext extends CommandServices {
  /** Asks the host for a text; undefined when it gave up with ESC. */
  prompt(): Promise<string | undefined>;
}

type Action = (context: CommandContext, parameters: Parameters) => Reply | Promise<Reply>;

/**
 * One AT command. `needs` is what must be there before anything but the test form is served: a SIM that is
 * unlocked, or the message service on top of it. `invalid` answers a value that is missing or out of range.
 */
export interface CommandDefinition {
  readonly name: string;
  readonly needs?: 'sim' | 'messages';
  readonly invalid?: Result;
  readonly test?: (context: CommandContext) => Reply;
  readonly read?: (context: CommandContext) => Reply;
  readonly set?: Action;
  readonly execute?: Action;
}
