/** Machine words for what keeps a modem from serving; each comes with a plain sentence. */
export type ObstacleCode =
  | 'port_absent'
  | 'port_busy'
  | 'port_forbidden'
  | 'port_released'
  | 'port_hidden'
  | 'cdrom_mode'
  | 'network_mode'
  | 'no_driver'
  | 'packet_only'
  | 'brltty'
  | 'not_a_modem'
  | 'no_answer'
  | 'needs_person'
  | 'no_sim'
  | 'sim_busy'
  | 'sim_failure'
  | 'pin_needed'
  | 'pin_refused'
  | 'puk_needed'
  | 'sim_locked'
  | 'not_registered'
  | 'registration_denied'
  | 'number_conflict'
  | 'number_missing'
  | 'sim_conflict'
  | 'sim_refused'
  | 'smsc_missing'
  | 'imei_duplicate'
  | 'sms_not_ready'
  | 'disk_failure';

/** What helps, to the letter: lines for a terminal, in order, after a file that must be saved first where there is one. */
export interface Remedy {
  readonly commands: readonly string[];
  readonly file?: { readonly path: string; readonly content: string };
  /** Whether the udev rules that Postern brings help as well (`modem-rules.ts`), which can be put in place for a person. */
  readonly rules?: boolean;
}

/** Something stands in the way; `message` says what, and what a person can do about it. */
export class Obstacle extends Error {
  readonly code: ObstacleCode;
  readonly remedy: Remedy | undefined;
  /** How often a PIN or PUK can still be entered, where the modem tells. */
  readonly triesLeft: number | undefined;

  constructor(code: ObstacleCode, message: string, remedy?: Remedy, triesLeft?: number) {
    super(message);
    this.name = 'Obstacle';
    this.code = code;
    this.remedy = remedy;
    this.triesLeft = triesLeft;
  }
}
