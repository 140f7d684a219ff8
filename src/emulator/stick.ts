import type { Clock } from '../clock.ts';
import type { EmulatedModem } from './modem.ts';
import { diagnosticPort, type ModemPort, positionPort } from './ports.ts';
import type { UsbPorts } from './profiles/profile.ts';

type Role = UsbPorts['ports'][number]['role'];

/** One port of a stick, by its USB interface. */
export interface StickPort {
  readonly interface: number;
  readonly role: Role;
  readonly port: ModemPort;
}

/** All ports of a modem as its family has them, in the order of their interfaces; a modem on a serial line has one. */
export function stickPorts(modem: EmulatedModem, clock: Clock): readonly StickPort[] {
  const ports = modem.profile.usb?.ports ?? [{ interface: 0, role: 'main' as const }];
  return ports.map((place) => ({ ...place, port: portOf(modem, clock, place.role) }));
}

function portOf(modem: EmulatedModem, clock: Clock, role: Role): ModemPort {
  switch (role) {
    case 'main':
      return modem;
    case 'second':
      return modem.secondPort();
    case 'diagnostic':
      return diagnosticPort(modem);
    case 'position':
      return positionPort(modem, clock);
  }
}
