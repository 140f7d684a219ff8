import type { Remedy } from '../obstacle.ts';
import { type UsbDevice, usbId } from './usb-device.ts';

const huawei = '12d1';
const zte = '19d2';

/** How a stick that shows its CD-ROM is made to show its modem; the flags are those of usb_modeswitch 2. */
export function leaveCdromMode(device: UsbDevice): Remedy {
  const { vendorId, productId } = device;
  const way = vendorId === huawei ? '-J' : usbId(device) === '1199:0fff' ? '-S' : '-K';
  return {
    commands: [
      'sudo apt install usb-modeswitch',
      `sudo usb_modeswitch -v ${vendorId} -p ${productId} ${way}`,
    ],
  };
}

/** The message that makes Huawei's sticks of the HiLink kind start as a modem, where their firmware has that mode. */
const huaweiModemMessage = '55534243000000000000000000000011060000000000000000000000000000';

/** What is to be done about a stick that is a network card, by maker: a sentence, and a remedy where there is one. */
export function leaveNetworkMode(device: UsbDevice): { readonly advice: string; readonly remedy?: Remedy } {
  if (device.vendorId === huawei) return huaweiAdvice;
  if (device.vendorId === zte) return zteAdvice;
  return {
    advice: 'Look in its manual for a modem mode or an update of its firmware, or use another stick.',
  };
}

const huaweiAdvice = {
  advice:
    'Save the file and plug the stick in again: older ones then start as a modem. If it comes back as a network card, open http://192.168.8.1/html/switchProjectMode.html in a browser; where that page is not there, it needs the firmware for sticks (version 21) instead of the one for HiLink (version 22).',
  remedy: {
    file: {
      path: '/etc/usb_modeswitch.d/12d1:1f01',
      content: `TargetVendor=0x12d1\nTargetProduct=0x1001\nMessageContent="${huaweiModemMessage}"\n`,
    },
    commands: [`sudo usb_modeswitch -v 12d1 -p 1f01 -V 12d1 -P 1001 -M ${huaweiModemMessage}`],
  },
};

const zteAdvice = {
  advice:
    'The command asks its web page for the mode with serial ports, which many of them have until they are unplugged. Where it is refused, the firmware has no such mode: use another stick.',
  remedy: {
    commands: ["curl 'http://192.168.0.1/goform/goform_process?goformId=MODE_SWITCH&switchCmd=FACTORY'"],
  },
};
