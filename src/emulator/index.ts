/** The emulated modem and the network behind it: for trying out, demos, customers' integration tests and our own. */
export { emulatedTransport } from './connection/emulated-transport.ts';
export { type EmulatedPort, openPty, type PtyOptions } from './connection/pty.ts';
export { type EmulatedStation, type Emulation, type EmulationOptions, startEmulation } from './emulation.ts';
export { type Faults, noFaults, type PlannedRefusal } from './faults.ts';
export { EmulatedModem, type ModemOptions } from './modem.ts';
export { type Delivery, EmulatedNetwork } from './network/emulated-network.ts';
export { EmulatedSim, type SimOptions } from './network/emulated-sim.ts';
export type { NetworkEvents, NetworkOptions } from './network/network-options.ts';
export type { PhoneBehaviour, PhoneMessage } from './network/phone.ts';
export type { Submission } from './network/submissions.ts';
export { diagnosticPort, type ModemPort, positionPort } from './ports.ts';
export { generic } from './profiles/generic.ts';
export { profiles } from './profiles/index.ts';
export { immediate, type Profile } from './profiles/profile.ts';
