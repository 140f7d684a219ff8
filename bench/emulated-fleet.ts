import { join } from 'node:path';
import type { Child } from './child.ts';
import type { FleetOptions, FleetOrder, FleetReport, ModemLog } from './fleet-process.ts';

/** Numbers of the SIMs of so many modems. */
export function fleetNumbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, place) => `+155501${2_001 + place}`);
}

/** Emulated modems in a process of their own. */
export class EmulatedFleet {
  readonly modems: readonly { readonly path: string; readonly number: string }[];
  readonly #child: Child<FleetReport>;

  constructor(child: Child<FleetReport>, { numbers, folder }: FleetOptions) {
    this.#child = child;
    this.modems = numbers.map((number) => ({ number, path: join(folder, number) }));
  }

  /** Plugs all of them in at once. */
  async plug(): Promise<void> {
    const plugged = this.#child.next('plugged');
    this.#tell({ type: 'plug' });
    await plugged;
  }

  /** What each modem saw, once all have handed over so many texts. */
  async logs(texts: number, withinMs: number): Promise<readonly ModemLog[]> {
    const logs = this.#child.next('logs', withinMs);
    this.#tell({ type: 'count', texts });
    return (await logs).logs;
  }

  #tell(order: FleetOrder): void {
    this.#child.tell(order);
  }
}
