/** Milliseconds of a clock that all processes of this machine share; differences of it mean something across them. */
export function instantMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The pauses between neighbours of a list of instants. */
export function gapsOf(instants: readonly number[]): number[] {
  return instants.slice(1).map((at, index) => at - (instants[index] ?? at));
}

/** Asks `look` again and again until it answers something; throws `what` when it does not in time. */
export async function eventually<Found>(
  what: string,
  look: () => Promise<Found | undefined>,
  withinMs = 20_000,
): Promise<Found> {
  const deadline = instantMs() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (instantMs() > deadline) throw new Error(`${what} did not happen within ${withinMs / 1_000} s.`);
    await pause(25);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
