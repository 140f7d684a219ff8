import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { Gateway } from '../src/gateway.ts';
import { GatewayHost } from './gateway-host.ts';

/** The entry of the utility process: the whole gateway, at the word of the main process. */
const rendererDir = join(import.meta.dirname, '..', 'renderer');

new GatewayHost(
  process.parentPort,
  ({ version, port, dataDir, dataKey }) =>
    new Gateway(readConfig({ port, dataDir }, process.env), {
      version,
      rendererDir,
      ...(dataKey !== undefined && { dataKey: Buffer.from(dataKey, 'base64') }),
    }),
  (code) => process.exit(code),
).listen();
