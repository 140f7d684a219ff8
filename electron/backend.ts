import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { Gateway, withStoredNetwork } from '../src/gateway.ts';
import { GatewayHost } from './gateway-host.ts';

/** The entry of the utility process: the whole gateway, at the word of the main process. */
const rendererDir = join(import.meta.dirname, '..', 'renderer');

new GatewayHost(
  process.parentPort,
  ({ version, port, dataDir, dataKey }, restart) =>
    // the window would not trust a certificate that was made here
    new Gateway(withStoredNetwork(readConfig({ port, dataDir, https: false }, process.env)), {
      version,
      rendererDir,
      restart,
      ...(dataKey !== undefined && { dataKey: Buffer.from(dataKey, 'base64') }),
    }),
  (code) => process.exit(code),
).listen();
