import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { FleetMember } from '../fleet.ts';
import type { ModemFacts } from '../modem-facts.ts';
import type { OpenTransport } from '../transport.ts';
import type { FoundModems } from './device-search.ts';
import type { PortSource } from './listed-port.ts';
import type { PortAsker } from './port-rights.ts';
import type { SystemFolders } from './system-folders.ts';

/** The fleet as far as discovery needs it. */
export interface DiscoveredFleet extends FoundModems {
  readonly members: readonly FleetMember[];
  /** The system says that a port is gone: whoever has it open lets it go. */
  portGone(path: string): void;
  on(event: 'changed', listener: (member: FleetMember, before: ModemFacts) => void): unknown;
}

export interface DiscoveryContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly source: PortSource;
  readonly folders: SystemFolders;
  readonly asker: PortAsker;
  /** Opens a port and nothing else. */
  readonly open: OpenTransport;
  readonly fleet: DiscoveredFleet;
  /** Paths that a person named: their devices are served at these ports alone. */
  readonly named: readonly string[];
  readonly neverTouch: readonly string[];
  /** Whether modems are looked for; what is named is watched all the same. */
  readonly find: boolean;
}
