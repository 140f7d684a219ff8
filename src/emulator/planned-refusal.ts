import type { Result } from './at/reply.ts';

/** A refusal that a modem is told to give. */
export interface PlannedRefusal {
  /** Name of the command it meets, such as `+CMGS`, or `*` for any. */
  readonly command: string;
  readonly result: Result;
  /** How many commands are still to be refused. */
  times: number;
  /** How long the modem thinks about it first. */
  readonly delayMs?: number;
  /**
   * When a text is refused: `command` instead of the prompt, `text` after ctrl-Z without a word to the network
   * (the default), `taken` after the network took it all the same.
   */
  readonly at?: 'command' | 'text' | 'taken';
}

/** The planned refusal that meets this command now, counted down; undefined where none does. */
export function takeRefusal(
  faults: { refusals: PlannedRefusal[] },
  command: string,
  at: readonly (PlannedRefusal['at'] | undefined)[],
): PlannedRefusal | undefined {
  const meets = (planned: PlannedRefusal) => planned.command === command || planned.command === '*';
  const found = faults.refusals.find((planned) => meets(planned) && at.includes(planned.at));
  if (!found) return undefined;
  found.times -= 1;
  if (found.times <= 0) faults.refusals = faults.refusals.filter((planned) => planned !== found);
  return found;
}
