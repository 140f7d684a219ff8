import type { ModemView } from '../../contract/modem.ts';
import { askGateway } from '../local-gateway.ts';

/** The modems of the gateway that serves from a data directory. */
export async function listModems(dataDir: string): Promise<ModemView[]> {
  return (await askGateway(dataDir, 'GET', '/v1/modems')) as ModemView[];
}

/** Fewer digits at the end of an IMEI name a modem only by chance. */
const fewestDigits = 3;

/**
 * The modem that a person means: by its id, its port, the number of its SIM, or the last digits of its IMEI where no
 * other has them. Throws a sentence where there is none, or more than one.
 */
export async function findModem(dataDir: string, wanted: string): Promise<ModemView> {
  const modems = await listModems(dataDir);
  const exact = modems.filter(({ id, port, number }) => [id, port, number].includes(wanted));
  const digits = new RegExp(`^\\d{${fewestDigits},}$`).test(wanted);
  const found = exact.length > 0 || !digits ? exact : modems.filter(({ imei }) => imei?.endsWith(wanted));
  const [modem] = found;
  if (found.length > 1) {
    const list = found.map(({ id, port }) => `${id} (${port})`).join(', ');
    throw new Error(`${wanted} is more than one modem: ${list}. Give more digits, or the port.`);
  }
  if (modem) return modem;
  throw new Error(`There is no modem ${wanted}. "postern modems" lists those that the gateway knows.`);
}

/** Asks the gateway about one modem, or to do something with it. */
export function askModem(
  dataDir: string,
  modem: ModemView,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  return askGateway(dataDir, method, `/v1/modems/${encodeURIComponent(modem.id)}${path}`, body);
}
