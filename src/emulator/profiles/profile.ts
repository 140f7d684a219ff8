import type { Result } from '../at/reply.ts';
import type { RegistrationDomain, Settings } from '../at/settings.ts';

/** What a modem says about itself. */
export interface Identity {
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** Lines of ATI; `{imei}` stands for the IMEI. */
  readonly information: readonly string[];
  /** Put before the answers of +CGMI, +CGMM, +CGMR: some modems repeat the command's name, some send a blank. */
  readonly prefix?: string;
}

/** Values a +CNMI parameter may take, in the order of the command. */
export interface NotificationRanges {
  readonly mode: readonly number[];
  readonly deliver: readonly number[];
  readonly broadcast: readonly number[];
  readonly report: readonly number[];
  readonly buffer: readonly number[];
}

/** A line that a modem says by itself after power-on. */
export interface BootText {
  readonly afterMs: number;
  readonly text: string;
  /** Said only with a SIM that asks for no PIN. */
  readonly whenReady?: boolean;
}

/** How one family of modems differs from the standard and from the others. */
export interface Profile {
  readonly name: string;
  readonly identity: Identity;
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
  readonly notifications: NotificationRanges;
  readonly boot: readonly BootText[];
  /** From power-on, or from the PIN, until the SIM, the message service and the network can be used. */
  readonly timing: { readonly simMs: number; readonly messagesMs: number; readonly registrationMs: number };
  readonly prompt: string;
  /** What a command that it does not know is answered with. */
  readonly unknownCommand: Result;
  /** What reading an empty place is answered with. */
  readonly emptyPlace: Result;
  /** What is said when a text finds no room; `{storage}` stands for the storage's name. */
  readonly storageFull?: string;
  /** What message commands are answered with while the message service starts up. */
  readonly messagesNotReady: Result;
  /** The store that reports go to with +CNMI ds=2, and the name that +CDSI tells, which is not always the same. */
  readonly reports: { readonly storage: 'SR' | 'SM' | 'ME'; readonly announced: string };
  /** What each registration domain shows under good coverage (27.007 7.2). */
  readonly registration: Readonly<Record<RegistrationDomain, number>>;
  /** Access technology told by +COPS? and registration with n=2 (27.007 7.3). */
  readonly technology: number;
}
