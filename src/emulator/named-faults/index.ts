import { arrivalFaults } from './arrival-faults.ts';
import { lineFaults } from './line-faults.ts';
import type { NamedFault } from './named-fault.ts';
import { powerFaults } from './power-faults.ts';
import { sendingFaults } from './sending-faults.ts';

/** Every fault that can be asked for by its word. */
export const namedFaults: readonly NamedFault[] = [
  ...lineFaults,
  ...sendingFaults,
  ...arrivalFaults,
  ...powerFaults,
];
