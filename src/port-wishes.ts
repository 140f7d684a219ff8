import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const wishesFile = 'ports.json';

const shape = z.object({
  named: z.array(z.string()).default([]),
  never_touch: z.array(z.string()).default([]),
});

/** What a person said of ports: the ones that are named, and what is left alone. */
export interface PortWishes {
  readonly named: readonly string[];
  /** Paths of ports, and ids of USB devices. */
  readonly neverTouch: readonly string[];
}

/** Leaves in the data directory what a gateway was told, for commands that are not given its flags. */
export function keepPortWishes(dataDir: string, { named, neverTouch }: PortWishes): void {
  const text = JSON.stringify({ named, never_touch: neverTouch });
  writeFileSync(join(dataDir, wishesFile), `${text}\n`, { mode: 0o600 });
}

/** What the gateway of a data directory was told when it started last; nothing where none ever did. */
export function readPortWishes(dataDir: string): PortWishes {
  const kept = shape.safeParse(readJson(join(dataDir, wishesFile)));
  return { named: kept.data?.named ?? [], neverTouch: kept.data?.never_touch ?? [] };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
