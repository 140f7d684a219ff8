import { Command } from 'commander';
import { listPorts } from '../modem/discovery.ts';
import { table } from './table.ts';

/** `postern ports`: the serial ports that are plugged in. */
export function portsCommand(): Command {
  return new Command('ports').description('list the serial ports that are plugged in').action(async () => {
    const ports = await listPorts();
    if (ports.length === 0) {
      process.stdout.write(
        'No serial port is plugged in. Plug a modem into a USB socket, or try "postern serve --emulate 1".\n',
      );
      return;
    }
    const rows = ports.map(({ path, vendorId, productId, manufacturer }) => [
      path,
      vendorId ? `${vendorId}:${productId ?? ''}` : 'built in',
      manufacturer ?? '',
    ]);
    process.stdout.write(`${table(['PORT', 'USB ID', 'MAKER'], rows)}\n`);
  });
}
