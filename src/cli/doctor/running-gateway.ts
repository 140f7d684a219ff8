import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { requestGateway } from '../gateway-request.ts';
import { addressFile } from '../serve.ts';

/** A gateway that left its address in the data directory. */
export interface RunningGateway {
  readonly url: string;
  readonly pid: number;
  /** Whether it answers there now. */
  readonly answers: boolean;
}

const address = z.object({
  url: z.url(),
  pid: z.int().positive(),
  certFile: z.string().optional(),
});
const patienceMs = 3_000;

/** Asks the gateway of a data directory whether it is there; undefined where none left its address. */
export async function findGateway(dataDir: string): Promise<RunningGateway | undefined> {
  const left = address.safeParse(readJson(join(dataDir, addressFile)));
  if (!left.success) return undefined;
  const signal = AbortSignal.timeout(patienceMs);
  const answers = await requestGateway(left.data, '/healthz', { signal }).then(
    ({ status }) => status === 200,
    () => false,
  );
  return { ...left.data, answers };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
