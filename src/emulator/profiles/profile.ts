import type { Result } from '../at/reply.ts';
import type { Notifications, RegistrationDomain, Settings } from '../at/settings.ts';
import type { CommandDefinition } from '../commands/definition.ts';

/** What a modem says about itself. */
export interface Identity {
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** Lines of ATI; `{imei}` stands for the IMEI. */
  readonly information: readonly string[];
}

/** Values a +CNMI parameter may take, in the order of the command. */
export interface NotificationRanges {
  readonly mode: readonly number[];
  readonly deliver: readonly number[];
  readonly broadcast: readonly number[];
  readonly report: readonly number[];
  readonly buffer: readonly number[];
}

/** A line that a modem says by itself while it starts. */
export interface BootText {
  /** From power-on, or, for what needs the SIM, from the moment that it is unlocked. */
  readonly from: 'power' | 'unlocked';
  readonly afterMs: number;
  readonly text: string;
}

/** From power-on, or from the PIN, until things can be used. */
export interface StartUpTimes {
  readonly simMs: number;
  readonly messagesMs: number;
  readonly registrationMs: number;
}

/** A stick's ports, by their USB interface. */
export interface UsbPorts {
  /** Four hexadecimal digits, lower case. */
  readonly vendorId: string;
  readonly productId: string;
  readonly ports: readonly {
    readonly interface: number;
    readonly role: 'main' | 'second' | 'diagnostic' | 'position';
  }[];
}

/** How one family of modems differs from the standard and from the others. */
export interface Profile {
  readonly name: string;
  readonly identity: Identity;
  /** How it is plugged in; one on a serial line has its one port. */
  readonly usb?: UsbPorts;
  /** What its factory set differently. */
  readonly settings: Partial<Settings>;
  /** Names that +CPMS takes for mem1, mem2 and mem3. */
  readonly storages: {
    readonly read: readonly string[];
    readonly write: readonly string[];
    readonly receive: readonly string[];
  };
  readonly capacity: { readonly ME: number; readonly SR: number };
  /** The number of a storage's first place. */
  readonly firstIndex: 0 | 1;
  readonly characterSets: readonly string[];
  readonly notifications: NotificationRanges;
  /** +CNMI values that it lists and refuses all the same. */
  readonly refusesNotifications?: (wanted: Notifications) => boolean;
  /** What stands in the place of <alpha> in +CMGR, +CMGL and +CMT (27.005 3.4); nothing by default. */
  readonly alpha?: string;
  readonly boot: readonly BootText[];
  readonly timing: StartUpTimes;
  readonly prompt: string;
  /** What a command that it does not know is answered with. */
  readonly unknownCommand: Result;
  /** What reading an empty place is answered with. */
  readonly emptyPlace: Result;
  /** What every command but a bare AT is answered with for a while after power-on. */
  readonly starting?: { readonly forMs: number; readonly result: Result };
  /** What message commands are answered with while the message service starts up. */
  readonly messagesNotReady: Result;
  /** The store that reports go to with +CNMI ds=2, and the name that +CDSI tells: not always the same, or none. */
  readonly reports: { readonly storage: 'SR' | 'SM' | 'ME'; readonly announced: string | undefined };
  /** What each registration domain shows under good coverage (27.007 7.2). */
  readonly registration: Readonly<Record<RegistrationDomain, number>>;
  /** What follows the state with n=2: area, cell, technology, as this family writes it. */
  readonly cell: string;
  /** Access technology told by +COPS? (27.007 7.3). */
  readonly technology: number;
  /** Lines at the end of a call that nobody took. */
  readonly missedCall: readonly string[];
  /** What is said when the SIM was taken out. */
  readonly simGone?: string;
  /** How long it is gone from the bus when it restarts; one on a serial line stays. */
  readonly awayAtRestartMs?: number;
  /** What is said when a text finds no room; `{storage}` stands for the storage's name. */
  readonly storageFull?: string;
  /** +CPIN? has no OK behind it. */
  readonly pinWithoutOk?: boolean;
  /** USSD strings are packed septets in hexadecimal while this holds. */
  readonly packsUssd?: (settings: Settings) => boolean;
  /** Lines said again and again. */
  readonly chatter?: { readonly everyMs: number; readonly texts: readonly string[] };
  /** Whether an unsolicited line comes out of the main AT port, by what the host has set. */
  readonly tells?: (text: string, settings: Settings) => boolean;
  /** The same of the second AT port, which is deaf to such lines as a rule. */
  readonly tellsSecond?: (text: string, settings: Settings) => boolean;
  /** Commands of its own, and standard ones that it answers in its own way. */
  readonly commands: readonly CommandDefinition[];
  /** Standard commands that it does not have. */
  readonly lacks: readonly string[];
}

/** The same modem with nothing to wait for after power-on. */
export function immediate(profile: Profile): Profile {
  const boot = profile.boot.map((text) => ({ ...text, afterMs: 0 }));
  const { starting: _starting, awayAtRestartMs: _away, ...rest } = profile;
  return { ...rest, boot, timing: { simMs: 0, messagesMs: 0, registrationMs: 0 } };
}
