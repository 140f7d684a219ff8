import { z } from 'zod';
import { timestamp } from './message.ts';
import { ussdWays } from './ussd-ways.ts';

export { type UssdWay, ussdWays } from './ussd-ways.ts';

/**
 * Where a modem stands, in the order in which it comes up. `ready` alone can send; `attention` needs a person, and
 * `problem` says what for; a person let go of one that is `disabled`.
 */
export const modemStates = [
  'absent',
  'disabled',
  'opening',
  'starting',
  'locked',
  'registering',
  'setting_up',
  'ready',
  'recovering',
  'attention',
] as const;
export const modemState = z.enum(modemStates).meta({ id: 'ModemState' });
export type ModemState = z.infer<typeof modemState>;

/** Machine words for what a person must see to; each comes with a plain sentence. */
export const problemWords = [
  'port_absent',
  'port_busy',
  'port_forbidden',
  'port_released',
  'port_hidden',
  'cdrom_mode',
  'network_mode',
  'no_driver',
  'packet_only',
  'brltty',
  'not_a_modem',
  'no_answer',
  'needs_person',
  'no_sim',
  'sim_busy',
  'sim_failure',
  'pin_needed',
  'pin_refused',
  'puk_needed',
  'sim_locked',
  'not_registered',
  'registration_denied',
  'number_missing',
  'number_conflict',
  'sim_conflict',
  'sim_refused',
  'smsc_missing',
  'imei_duplicate',
  'sms_not_ready',
  'disk_failure',
] as const;
export type ProblemWord = (typeof problemWords)[number];

/** Machine words for what a person should know of a modem that goes on serving. */
export const warningWords = [
  'deaf_port',
  'restarts_often',
  'storage_filling',
  'storage_full',
  'offline_long',
  'no_reports',
  'no_inbound',
  'balance_low',
  'balance_unreadable',
  'arrivals_unwritten',
] as const;
export type WarningWord = (typeof warningWords)[number];

/** What helps, to the letter: a file to save first, where there is one, and lines for a terminal. */
export const remedy = z.object({
  commands: z.array(z.string()),
  file: z.object({ path: z.string(), content: z.string() }).optional(),
  /** Whether the udev rules that Postern brings help as well: `postern doctor --fix`, a button of the desktop app. */
  rules: z.boolean().optional(),
});
export type Remedy = z.infer<typeof remedy>;

export const problem = z
  .object({
    code: z.enum(problemWords),
    message: z.string(),
    remedy: remedy.optional(),
    /** How often a PIN or PUK can still be entered, where the modem tells. */
    tries_left: z.int().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** What a person should know of a modem that goes on serving. */
export const warning = z.object({ code: z.enum(warningWords), message: z.string() }).meta({ id: 'Warning' });
export type Warning = z.infer<typeof warning>;

export const registration = z.enum(['home', 'roaming', 'searching', 'denied', 'none']);

/** A message storage by its +CPMS name: `SM` the SIM, `ME` the modem, `SR` status reports. */
export const storage = z.object({ name: z.string(), used: z.int(), total: z.int() }).meta({ id: 'Storage' });
export type Storage = z.infer<typeof storage>;

/** The steps by which a modem is brought back, in the order in which they are taken. */
export const recoverySteps = [
  'resynchronise',
  'initialise',
  'reopen',
  'restart',
  'await_return',
  'needs_person',
] as const;

/** What is being done to bring a modem back, and why; it is shown until the modem has served for two minutes. */
export const recovery = z
  .object({
    step: z.enum(recoverySteps),
    reason: z.string(),
    since: timestamp,
    attempts: z.int(),
  })
  .meta({ id: 'Recovery' });
export type RecoveryView = z.infer<typeof recovery>;

export const ussdWay = z
  .enum(ussdWays, { error: `must be one of ${ussdWays.join(', ')}` })
  .meta({ id: 'UssdWay' });

/** What `PATCH /v1/modems/{id}` takes: what is named is changed, all else stays. */
export const modemChange = z.strictObject({ ussd_way: ussdWay }).partial().meta({ id: 'ModemChange' });
export type ModemChange = z.infer<typeof modemChange>;

/** A modem as `GET /v1/modems` shows it. `id` is its IMEI, or its port until that could be read. */
export const modem = z
  .object({
    id: z.string(),
    port: z.string(),
    state: modemState,
    problem: problem.nullable(),
    manufacturer: z.string().nullable(),
    model: z.string().nullable(),
    firmware: z.string().nullable(),
    imei: z.string().nullable(),
    iccid: z.string().nullable(),
    imsi: z.string().nullable(),
    number: z.string().nullable(),
    label: z.string().nullable(),
    operator: z.string().nullable(),
    technology: z.string().nullable(),
    registration: registration.nullable(),
    /** +CREG, +CGREG and +CEREG; null where the modem does not know the domain. */
    registrations: z.object({
      circuit: registration.nullable(),
      packet: registration.nullable(),
      evolved: registration.nullable(),
    }),
    signal_dbm: z.int().nullable(),
    /** From 0 to 4, by the reference signal in LTE and 5G. */
    signal_bars: z.int().nullable(),
    /** Reference signal of LTE, or the pilot's code power of UMTS. */
    reference_signal_dbm: z.number().nullable(),
    /** RSRQ of LTE, or Ec/Io of UMTS. */
    quality_db: z.number().nullable(),
    noise_ratio_db: z.number().nullable(),
    band: z.string().nullable(),
    /** The service centre's number as the SIM has it. */
    smsc: z.string().nullable(),
    storage: z.array(storage),
    temperature_c: z.number().nullable(),
    supply_v: z.number().nullable(),
    warnings: z.array(warning),
    queue_depth: z.int(),
    recovery: recovery.nullable(),
    /** How often it started anew in the last 24 hours, told to or by itself. */
    restarts_last_day: z.int(),
    /** How codes such as *100# are written for it, as a person has set it. */
    ussd_way: ussdWay,
    emulated: z.boolean(),
    /** Plugged in for the first time, and nobody has looked at it yet: `POST /v1/modems/{id}/welcome` says that somebody has. */
    is_new: z.boolean(),
    /** When the network last took a text from its SIM, and when one last came in for its number. */
    last_sent_at: timestamp.nullable(),
    last_received_at: timestamp.nullable(),
    last_seen_at: timestamp.nullable(),
  })
  .meta({ id: 'Modem' });
export type ModemView = z.infer<typeof modem>;

/** One of this gateway's numbers as `GET /v1/numbers` shows it. */
export const ownNumber = z
  .object({
    number: z.string(),
    label: z.string().nullable(),
    online: z.boolean(),
    modem_id: z.string().nullable(),
    signal_dbm: z.int().nullable(),
    operator: z.string().nullable(),
    queue_depth: z.int(),
  })
  .meta({ id: 'Number' });
export type OwnNumber = z.infer<typeof ownNumber>;
