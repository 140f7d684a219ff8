import type { ListedPort } from './listed-port.ts';
import type { PortGroup } from './port-group.ts';
import { type PortRole, roleOf } from './port-role.ts';

/** What a port is taken for before anybody has asked it. */
export type PortUse =
  | 'modem'
  | 'spare'
  | 'data'
  | 'closed'
  | 'of_modem'
  | 'bridge'
  | 'maybe'
  | 'no_modem'
  | 'built_in'
  | 'hidden';

const ofModem: Readonly<Record<PortRole, PortUse>> = {
  primary: 'modem',
  secondary: 'spare',
  data: 'data',
  closed: 'closed',
  unknown: 'of_modem',
};

const ofKind: Readonly<Record<Exclude<PortGroup['kind'], 'modem'>, PortUse>> = {
  bridge: 'bridge',
  maybe: 'maybe',
  other: 'no_modem',
  'built-in': 'built_in',
};

/** `hidden`: a container may see a port that was not passed to it. */
export function portUse({ kind }: PortGroup, port: ListedPort): PortUse {
  if (!port.present) return 'hidden';
  return kind === 'modem' ? ofModem[roleOf(port)] : ofKind[kind];
}
