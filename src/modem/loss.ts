import { ModemError } from './modem-error.ts';
import type { ModemState } from './modem-facts.ts';
import { Obstacle, type ObstacleCode } from './obstacle.ts';
import { SamePortError } from './open-devices.ts';
import type { FailureKind } from './recovery-ladder.ts';
import { TransportError, type TransportErrorCode } from './transport.ts';

/**
 * Why a modem serves no more:
 * - `absent`: its port is not there, or is served under the name `sameAs`
 * - `obstacle`: a person must act; what stands in the way is looked at again from time to time
 * - `unready`: the same, but a restart of the modem may help as well
 * - `ordered`: a person had it restarted
 * - `card`: its SIM was changed, and is to be read
 * - `failure`: it is to be brought back
 */
export type Loss =
  | { readonly type: 'absent'; readonly obstacle: Obstacle; readonly sameAs: string | undefined }
  | { readonly type: 'obstacle'; readonly obstacle: Obstacle; readonly state: ModemState }
  | { readonly type: 'unready'; readonly obstacle: Obstacle }
  | { readonly type: 'ordered' }
  | { readonly type: 'card' }
  | { readonly type: 'failure'; readonly kind: FailureKind; readonly reason: string };

const portObstacles: Readonly<Partial<Record<TransportErrorCode, ObstacleCode>>> = {
  busy: 'port_busy',
  forbidden: 'port_forbidden',
};

/** Obstacles of the card, which leave the modem waiting for a person at its lock. */
const lockCodes = new Set<ObstacleCode>(['pin_needed', 'pin_refused', 'puk_needed']);

/** Obstacles after which another card may be in the modem. */
const cardCodes = new Set<ObstacleCode>([...lockCodes, 'no_sim', 'sim_locked']);

/** What may also be a modem that got stuck. */
const unreadyCodes = new Set<ObstacleCode>(['sms_not_ready', 'sim_busy', 'sim_failure']);

/** Sorts what ended a session, or kept one from beginning. */
export function lossOf(error: unknown): Loss {
  if (error instanceof Obstacle) return byPerson(error);
  if (error instanceof TransportError) return ofPort(error);
  if (isOfDisk(error)) return byPerson(diskObstacle(error));
  if (!(error instanceof ModemError)) return failure('port', `the port failed (${messageOf(error)})`);
  if (error.code === 'closed') return failure('port', 'the port was closed');
  if (error.code === 'ordered') return { type: 'ordered' };
  if (error.code === 'restarted') {
    return error.command === '' ? failure('boot', 'the modem started anew by itself') : { type: 'card' };
  }
  if (error.code === 'timeout' && error.command === 'AT')
    return failure('silence', 'it does not answer to AT');
  return failure('setup', `it could not be set up (${error.message})`);
}

/** Whether the card may be another after a session that ended so. */
export function leavesCardInDoubt(error: unknown): boolean {
  const loss = lossOf(error);
  if (loss.type === 'obstacle') return cardCodes.has(loss.obstacle.code);
  return loss.type === 'absent' || loss.type === 'card';
}

/** By name, as the store is none of a modem's business: no restart of the modem makes room on a disk. */
function isOfDisk(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'StoreError' || error.name === 'SqliteError');
}

function diskObstacle({ message }: Error): Obstacle {
  return new Obstacle(
    'disk_failure',
    `What the modem tells of itself or its SIM cannot be stored: ${message}`,
  );
}

function failure(kind: FailureKind, reason: string): Loss {
  return { type: 'failure', kind, reason };
}

function byPerson(obstacle: Obstacle): Loss {
  if (unreadyCodes.has(obstacle.code)) return { type: 'unready', obstacle };
  return { type: 'obstacle', obstacle, state: lockCodes.has(obstacle.code) ? 'locked' : 'attention' };
}

function ofPort(error: TransportError): Loss {
  if (error.code === 'absent')
    return {
      type: 'absent',
      obstacle: new Obstacle('port_absent', error.message),
      sameAs: error instanceof SamePortError ? error.of : undefined,
    };
  const code = portObstacles[error.code];
  if (!code) return failure('port', `the port failed (${error.message.replace(/\.$/, '')})`);
  return { type: 'obstacle', obstacle: new Obstacle(code, error.message, error.remedy), state: 'attention' };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
