import { Obstacle } from '../obstacle.ts';
import { kindOf } from './device-kind.ts';
import { hasModemDriver, isBridge, isByModemMaker } from './known-ids.ts';
import { leaveCdromMode, leaveNetworkMode } from './mode-remedy.ts';
import { isAtModemInterface } from './port-role.ts';
import { servedByOption } from './udev-rules.ts';
import { deviceName, type UsbDevice, type UsbInterface, usbId } from './usb-device.ts';
import modes from './usb-modes.json' with { type: 'json' };

const storage = 0x08;
const humanInterface = 0x03;
const vendorSpecific = 0xff;

const cdromIds = new Set(modes.cdrom);
const networkIds = new Set(modes.network);

/**
 * Why a device that has no serial port is none that can serve, with what helps; undefined for what is no modem at
 * all, for example a mouse.
 *
 * @param programs names of the programs that run
 */
export function obstacleOfDevice(device: UsbDevice, programs: ReadonlySet<string>): Obstacle | undefined {
  const name = deviceName(device);
  if (isBridge(device)) return obstacleOfBridge(device, programs);
  if (isCdrom(device)) {
    return new Obstacle(
      'cdrom_mode',
      `${name} shows the CD-ROM with its drivers instead of its modem. The package usb-modeswitch changes that each time it is plugged in, the second command does so now.`,
      leaveCdromMode(device),
    );
  }
  if (kindOf(device) !== 'modem' && !networkIds.has(usbId(device))) return undefined;
  return withoutDriver(device) ?? withoutAtPort(device);
}

/** CD-ROM, card reader, and nothing else; a plain USB drive is that too, hence the ids and makers. */
function isCdrom(device: UsbDevice): boolean {
  const classes = new Set(device.interfaces.map((face) => face.class));
  classes.delete(humanInterface);
  const onlyStorage = classes.size === 1 && classes.has(storage);
  return onlyStorage && (cdromIds.has(usbId(device)) || isByModemMaker(device));
}

function withoutDriver(device: UsbDevice): Obstacle | undefined {
  const idle = device.interfaces.filter(({ driver }) => driver === undefined);
  if (idle.some(isAtModemInterface)) {
    return new Obstacle(
      'no_driver',
      `Linux has not loaded its driver cdc_acm, which ${deviceName(device)} needs.`,
      {
        commands: ['sudo modprobe cdc_acm'],
      },
    );
  }
  if (hasModemDriver(device) || !idle.some((face) => face.class === vendorSpecific)) return undefined;
  return new Obstacle(
    'no_driver',
    `Linux has no driver for the ids of ${deviceName(device)}. The commands give it to the driver "option" until the next start, the file each time it is plugged in.`,
    servedByOption(device),
  );
}

/** Drivers of modems that are network cards to Linux. */
const networkDrivers = new Set(['cdc_ether', 'rndis_host', 'cdc_ncm', 'huawei_cdc_ncm', 'cdc_subset']);
const packetDrivers = new Set(['qmi_wwan', 'cdc_mbim']);

/** Ethernet and network control model (USB CDC 1.2 table 4), and the three marks of Microsoft's RNDIS. */
const networkCodes = new Set(['2:6', '2:13', '224:1:3', '239:4:1', '2:2:255']);
const mbimCode = '2:14';

function withoutAtPort(device: UsbDevice): Obstacle | undefined {
  const name = deviceName(device);
  if (device.interfaces.some(isPacketInterface)) {
    return new Obstacle(
      'packet_only',
      `${name} is set to QMI or MBIM alone and shows no port for AT commands, which Postern needs. Set it to a mode with serial ports with its maker's tool (Sierra: AT!USBCOMP, Quectel: AT+QCFG="usbnet", Fibocom: AT+GTUSBMODE).`,
    );
  }
  if (!networkIds.has(usbId(device)) && !device.interfaces.some(isNetworkInterface)) return undefined;
  const { advice, remedy } = leaveNetworkMode(device);
  return new Obstacle(
    'network_mode',
    `${name} is in network mode (HiLink and the like): it has no serial port. ${advice}`,
    remedy,
  );
}

function codesOf(face: UsbInterface): readonly string[] {
  const two = `${face.class}:${face.subclass}`;
  return [two, `${two}:${face.protocol}`];
}

function isNetworkInterface(face: UsbInterface): boolean {
  return networkDrivers.has(face.driver ?? '') || codesOf(face).some((code) => networkCodes.has(code));
}

function isPacketInterface(face: UsbInterface): boolean {
  return packetDrivers.has(face.driver ?? '') || codesOf(face).includes(mbimCode);
}

/** A bridge loses its port to a program that talks to it past the kernel's driver, as the one for Braille displays does. */
function obstacleOfBridge(device: UsbDevice, programs: ReadonlySet<string>): Obstacle | undefined {
  const name = deviceName(device);
  if (programs.has('brltty')) {
    return new Obstacle(
      'brltty',
      `brltty, the program for Braille displays, has taken ${name} for a display. If no such display is in use here, turn it off and plug the device in again.`,
      { commands: ['sudo systemctl mask --now brltty-udev.service brltty.service'] },
    );
  }
  if (device.interfaces.length === 0 || device.interfaces.some(({ driver }) => driver !== undefined))
    return undefined;
  const driver = bridgeDriver(device);
  return new Obstacle('no_driver', `Linux has not loaded its driver ${driver}, which ${name} needs.`, {
    commands: [`sudo modprobe ${driver}`],
  });
}

function bridgeDriver({ vendorId }: UsbDevice): string {
  const drivers: Readonly<Record<string, string>> = {
    '0403': 'ftdi_sio',
    '0451': 'ti_usb_3410_5052',
    '0557': 'pl2303',
    '067b': 'pl2303',
    '10c4': 'cp210x',
  };
  return drivers[vendorId] ?? 'ch341';
}
