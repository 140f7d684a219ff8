import type { Writable } from 'node:stream';

/**
 * Passes on what the gateway writes, for as long as somebody takes it. A terminal that was closed, or that somebody
 * stopped, must neither end the app nor hold up the gateway, which would wait for room in a full pipe: what is not taken
 * is lost.
 */
export function passOn(output: NodeJS.ReadableStream | null, to: Writable): void {
  output?.on('data', (piece: Buffer | string) => {
    if (to.writable && !to.writableNeedDrain) to.write(piece);
  });
}

/** Takes the error of a terminal that is gone, which would end the app if nobody did. */
export function outliveTerminal(streams: readonly Writable[]): void {
  for (const stream of streams) stream.on('error', () => undefined);
}
