import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { Gateway } from '../src/gateway.ts';
import { GatewayHost } from './gateway-host.ts';

/** The entry of the utility process: the whole gateway, at the word of the main process. */
const rendererDir = join(import.meta.dirname, '..', 'renderer');

new GatewayHost(
  process.parentPort,
  ({ version, port }) => new Gateway(readConfig({ port }, process.env), { version, rendererDir }),
  (code) => process.exit(code),
).listen();
