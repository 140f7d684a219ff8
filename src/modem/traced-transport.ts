import type { Logger } from '../log.ts';
import { maskSecrets } from './modem-error.ts';
import type { OpenTransport } from './transport.ts';

/** Writes both directions to the log at level trace; the rest of the modem code holds no line of that. */
export function traced(open: OpenTransport, log: Logger): OpenTransport {
  return async (path, options) => {
    const transport = await open(path, options);
    if (!log.isLevelEnabled('trace')) return transport;
    const write = transport.write.bind(transport);
    let mayEchoSecret = false;
    transport.write = (octets) => {
      const masked = maskSecrets(octets);
      mayEchoSecret = masked !== octets;
      log.trace({ path, out: masked });
      return write(octets);
    };
    // An echo comes cut anywhere, so that only the digits themselves can be told from what may be shown.
    transport.on('data', (octets) =>
      log.trace({ path, in: mayEchoSecret ? octets.replace(/\d/g, '*') : octets }),
    );
    return transport;
  };
}
