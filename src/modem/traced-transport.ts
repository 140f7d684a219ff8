import type { Logger } from '../log.ts';
import { maskSecrets } from './modem-error.ts';
import type { OpenTransport } from './transport.ts';

/** Writes both directions to the log at level trace; the rest of the modem code holds no line of that. */
export function traced(open: OpenTransport, log: Logger): OpenTransport {
  return async (path, options) => {
    const transport = await open(path, options);
    if (!log.isLevelEnabled('trace')) return transport;
    const write = transport.write.bind(transport);
    transport.write = (octets) => {
      log.trace({ path, out: maskSecrets(octets) });
      return write(octets);
    };
    transport.on('data', (octets) => log.trace({ path, in: octets }));
    return transport;
  };
}
