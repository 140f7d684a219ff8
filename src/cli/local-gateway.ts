import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { KeyStore } from '../store/key-store.ts';
import { withDatabase } from './data-dir.ts';
import { type GatewayPlace, requestGateway } from './gateway-request.ts';
import { asOperator } from './operator.ts';
import { addressFile } from './serve.ts';

/** The file with the key that the command line itself uses; only its user can read it. */
const keyFile = 'cli.key';

const json = 'application/json';

/** Asks the gateway that serves from a data directory. Throws a sentence when none does, or when it refuses. */
export async function askGateway(
  dataDir: string,
  method: string,
  path: string,
  body?: unknown,
  /** With another type than JSON, `body` is sent as it stands. */
  type = json,
): Promise<unknown> {
  const place = gatewayPlace(dataDir);
  const headers = { Authorization: `Bearer ${ownKey(dataDir)}`, 'Content-Type': type };
  const sent = body === undefined || type !== json ? body : JSON.stringify(body);
  const response = await requestGateway(place, path, { method, headers, body: sent as string }).catch(() => {
    throw notServing(dataDir);
  });
  const answer = JSON.parse(response.text) as Answer;
  if (answer.success) return answer.data;
  throw new GatewayRefusal(answer.error);
}

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** The gateway refused a request; `message` names the fields that are wrong, `sentence` says it as the gateway did. */
export class GatewayRefusal extends Error {
  readonly code: string;
  readonly sentence: string;
  readonly details: Refused['details'];

  constructor({ code, message, details }: Refused) {
    const fields = Object.entries(details ?? {}).flatMap(([field, why]) =>
      why === message ? [] : [`${field} ${why}`],
    );
    super(fields.length > 0 ? fields.join('\n') : message);
    this.name = 'GatewayRefusal';
    this.code = code;
    this.sentence = message;
    this.details = details;
  }
}

type Answer =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: Refused };

/** Where the gateway listens that serves from a data directory. Throws a sentence when none does. */
export function gatewayUrl(dataDir: string): string {
  return gatewayPlace(dataDir).url;
}

function gatewayPlace(dataDir: string): GatewayPlace {
  const file = join(dataDir, addressFile);
  if (!existsSync(file)) throw notServing(dataDir);
  return JSON.parse(readFileSync(file, 'utf8')) as GatewayPlace;
}

function notServing(dataDir: string): Error {
  return new Error(
    `No gateway serves from ${dataDir}. Start it with "postern serve", or name its --data-dir.`,
  );
}

/** Whoever can read the data directory can make keys anyway: the command line makes one for itself, once. */
function ownKey(dataDir: string): string {
  const file = join(dataDir, keyFile);
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return withDatabase(dataDir, (database) => {
    const keys = new KeyStore(database, systemClock, silentLog);
    const isGood = kept !== '' && keys.authenticate(kept) !== undefined;
    // What it notes of the use must be written before the database is closed, and hold up nobody.
    keys.stop();
    if (isGood) return kept;
    const { key } = asOperator(
      database,
      ({ id }) => ({ action: 'key.create', target: id, details: { name: 'command line' } }),
      () => keys.create({ name: 'command line', scopes: ['admin'] }),
    );
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    return key;
  });
}
