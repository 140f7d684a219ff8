import type { CodeTriesWay } from '../../gsm/at/code-tries.ts';
import type { Command } from '../../gsm/at/commands.ts';
import type { UssdForm } from '../../gsm/ussd/string.ts';
import type { HealthQuery } from './health-query.ts';

export type Family =
  | 'generic'
  | 'huawei'
  | 'zte'
  | 'quectel'
  | 'simcom-gsm'
  | 'simcom-lte'
  | 'telit'
  | 'u-blox'
  | 'sierra'
  | 'cinterion'
  | 'wavecom';

/** What a modem is recognised by. All expressions that are there must fit; USB vendors count where it says nothing. */
export interface Signs {
  readonly manufacturer?: RegExp;
  readonly model?: RegExp;
  /** Four hexadecimal digits, lower case. */
  readonly usbVendors?: readonly string[];
}

/** A command of the maker's that makes a modem fit for texts; one that refuses it is none the worse. */
export interface InitialCommand {
  readonly text: string;
  readonly because: string;
  /** Takes it back, where it turns out that no notice comes of what arrives. */
  readonly undo?: string;
}

/** What to try first of +CNMI, TS 27.005 3.4.1, among what the modem says it offers. */
export interface IndicationPreference {
  readonly modes: readonly number[];
  /** `ds`: 1 hands reports over, 2 stores them and tells of it. 0 is what is left when neither is taken. */
  readonly reports: readonly number[];
  /** `bfr`. */
  readonly flushes: readonly number[];
}

/** What to try first of +CPMS, TS 27.005 3.2.2, among what the modem says it offers. */
export interface StorePreference {
  readonly order: readonly string[];
  /** How many values it takes, where it cannot say. */
  readonly values: 1 | 2 | 3;
}

/** How the text service comes up after a start or a PIN. */
export interface ServiceStart {
  /** Lines that say that it is up. */
  readonly readyTexts: readonly string[];
  /** So long its refusals mean "not yet". */
  readonly waitMs: number;
}

export interface UssdPreference {
  /** Which to try first. */
  readonly forms: readonly UssdForm[];
  /** Makes the modem take text, where it has both. */
  readonly textMode?: string;
  /** Makes it take packed septets. */
  readonly packedMode?: string;
}

/** Asks a modem something that it may not know: undefined where it refuses. */
export type Ask = <Answer>(command: Command<Answer>) => Promise<Answer | undefined>;

/** Where on the USB a port is. */
export interface UsbPlace {
  /** What its stick is plugged into, as the system names it: two ports of one stick have the same. */
  readonly socket?: string | undefined;
  /** Four hexadecimal digits, lower case. */
  readonly vendorId: string | undefined;
  readonly productId: string | undefined;
  /** Number of the interface that this port is, where the system tells it. */
  readonly interfaceNumber: number | undefined;
}

/** How one family of modems differs. What the modem says of itself comes first; this is believed where it says nothing. */
export interface Profile {
  readonly family: Family;
  /** As a person calls it. */
  readonly name: string;
  /** Any of these is enough. */
  readonly signs: readonly Signs[];
  readonly initial: readonly InitialCommand[];
  /** What cannot be said by a list of commands. */
  readonly prepare?: (ask: Ask, usb: UsbPlace | undefined) => Promise<void>;
  readonly indications: IndicationPreference;
  readonly stores: StorePreference;
  readonly service: ServiceStart;
  /** Values of AT+CGSMS that it takes, where it cannot list them. */
  readonly textServices: readonly number[];
  /** The maker's ways to the ICCID, tried before all others. */
  readonly iccidWays: readonly Command<string | undefined>[];
  readonly codeTriesWays: readonly CodeTriesWay[];
  /** Restarts the modem, gentlest first. */
  readonly resets: readonly Command<void>[];
  readonly health: readonly HealthQuery[];
  readonly ussd: UssdPreference;
  /** Least time between an answer and the next command. */
  readonly pauseMs: number;
  /** AT+CFUN=1 is a restart here. */
  readonly restartsAtFullFunctionality: boolean;
}
