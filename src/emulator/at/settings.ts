/** Registration domains: circuit switched, packet switched, LTE (3GPP TS 27.007 7.2, 10.1.20, 10.1.22). */
export type RegistrationDomain = 'CREG' | 'CGREG' | 'CEREG';

/** The five values of +CNMI (3GPP TS 27.005 3.4.1). */
export interface Notifications {
  readonly mode: number;
  readonly deliver: number;
  readonly broadcast: number;
  readonly report: number;
  readonly buffer: number;
}

/** +CSMP: what a text-mode SUBMIT is made of (3GPP TS 27.005 3.1.2). */
export interface TextModeParameters {
  readonly firstOctet: number;
  readonly validity: number;
  readonly protocol: number;
  readonly coding: number;
}

/** Everything a host can set on the terminal adaptor; lost at power-off, put back by ATZ and AT&F. */
export interface Settings {
  echo: boolean;
  verbose: boolean;
  quiet: boolean;
  /** S-registers; 3 is the line end, 4 the line feed, 5 the backspace (V.250 6.2). */
  registers: Record<number, number>;
  errors: number;
  messageFormat: number;
  messageService: number;
  /** Names of mem1 (read, delete), mem2 (write), mem3 (arriving). */
  storages: readonly [string, string, string];
  notifications: Notifications;
  moreMessages: number;
  textMode: TextModeParameters;
  textModeDetails: boolean;
  characterSet: string;
  /** +CPBS: `SM` the card's contacts, `ON` its own numbers. */
  phoneBook: string;
  registrationReports: Record<RegistrationDomain, number>;
  operatorFormat: number;
  callerId: boolean;
  callType: boolean;
  ussdReports: boolean;
  /** Settings of no consequence here that are only kept and read back, by command name. */
  kept: Record<string, string>;
}

export const noNotifications: Notifications = { mode: 0, deliver: 0, broadcast: 0, report: 0, buffer: 0 };

/** The settings of a modem that nobody has set up yet. */
export function factorySettings(overrides: Partial<Settings> = {}): Settings {
  return {
    echo: true,
    verbose: true,
    quiet: false,
    registers: { 0: 0, 3: 13, 4: 10, 5: 8, 7: 60 },
    errors: 0,
    messageFormat: 0,
    messageService: 0,
    storages: ['SM', 'SM', 'SM'],
    notifications: noNotifications,
    moreMessages: 0,
    textMode: { firstOctet: 17, validity: 167, protocol: 0, coding: 0 },
    textModeDetails: false,
    characterSet: 'GSM',
    phoneBook: 'SM',
    registrationReports: { CREG: 0, CGREG: 0, CEREG: 0 },
    operatorFormat: 0,
    callerId: false,
    callType: false,
    ussdReports: false,
    kept: {},
    ...overrides,
  };
}

/** A copy that shares nothing that can change, to store with AT&W and to load with ATZ. */
export function copySettings(settings: Settings): Settings {
  return {
    ...settings,
    registers: { ...settings.registers },
    registrationReports: { ...settings.registrationReports },
    kept: { ...settings.kept },
  };
}
