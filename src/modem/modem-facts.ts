import type { RegistrationState, RegistrationStates } from '../gsm/at/registration.ts';
import type { ModemHealth } from './modem-health.ts';
import type { Obstacle } from './obstacle.ts';
import { generic, type Profile } from './profiles/index.ts';
import type { RecoveryFacts } from './recovery.ts';
import type { KnownSim } from './sim-directory.ts';

export type ModemState =
  | 'absent'
  | 'disabled'
  | 'opening'
  | 'starting'
  | 'locked'
  | 'registering'
  | 'setting_up'
  | 'ready'
  | 'recovering'
  | 'attention';

/** All that is known of a modem at one moment; undefined is "not known (any more)". */
export interface ModemFacts {
  /** Its IMEI; its port until that could be read. */
  readonly id: string;
  readonly port: string;
  /** The port under which this one, or its modem, is served already; undefined where it is served here or nowhere. */
  readonly sameAs: string | undefined;
  readonly state: ModemState;
  readonly obstacle: Obstacle | undefined;
  readonly manufacturer: string | undefined;
  readonly model: string | undefined;
  readonly firmware: string | undefined;
  /** What is known of its kind. */
  readonly profile: Profile;
  readonly imei: string | undefined;
  readonly iccid: string | undefined;
  readonly imsi: string | undefined;
  readonly sim: KnownSim | undefined;
  readonly serviceCentre: string | undefined;
  /** The SIM says that it has no service centre, and none is known that it could be given. */
  readonly serviceCentreMissing: boolean;
  readonly operator: string | undefined;
  readonly technology: string | undefined;
  readonly registration: RegistrationState | undefined;
  readonly registrations: RegistrationStates | undefined;
  /** dBm */
  readonly signal: number | undefined;
  /** What the last sample showed; undefined while none can be taken. */
  readonly health: ModemHealth | undefined;
  /** Its port tells nothing of what arrives, though it promised to: it is asked more often. */
  readonly deaf: boolean;
  /** What is being done to bring it back; undefined while nothing has to be. */
  readonly recovery: RecoveryFacts | undefined;
  /** How often it started anew in the last 24 hours, told to or by itself. */
  readonly restartsInADay: number;
  readonly emulated: boolean;
  /** Milliseconds since 1970 when it last answered. */
  readonly lastSeenAt: number | undefined;
}

/** What is known of a modem whose port was only named. */
export function unknownModem(port: string, emulated: boolean): ModemFacts {
  return {
    id: port,
    port,
    sameAs: undefined,
    state: 'absent',
    obstacle: undefined,
    manufacturer: undefined,
    model: undefined,
    firmware: undefined,
    profile: generic,
    imei: undefined,
    iccid: undefined,
    imsi: undefined,
    sim: undefined,
    serviceCentre: undefined,
    serviceCentreMissing: false,
    operator: undefined,
    technology: undefined,
    registration: undefined,
    registrations: undefined,
    signal: undefined,
    health: undefined,
    deaf: false,
    recovery: undefined,
    restartsInADay: 0,
    emulated,
    lastSeenAt: undefined,
  };
}
