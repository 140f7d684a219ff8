import { join } from 'node:path';
import { makeKey } from '../whole/api-key.ts';

/** What the gateway of the app whose files are in `home` answers at `origin`: the data of its envelope. */
export async function askGateway(
  home: string,
  origin: string,
  path: string,
  init: RequestInit = {},
): Promise<unknown> {
  const headers = {
    Authorization: `Bearer ${makeKey(join(home, 'data'))}`,
    'Content-Type': 'application/json',
  };
  const response = await fetch(`${origin}${path}`, { ...init, headers });
  return ((await response.json()) as { data: unknown }).data;
}
