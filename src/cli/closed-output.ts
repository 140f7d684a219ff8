import type { Writable } from 'node:stream';

/** What a reader's going means: a pipe that nobody reads, a terminal that is gone. */
const gone: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO']);

/**
 * Sees to it that a reader who has heard enough, `postern audit | head`, is no error: the command ends, and says nothing
 * more. One that `goesOn` does so unheard.
 */
export function endWithReader(
  streams: readonly Writable[],
  goesOn: boolean,
  end: () => void = () => process.exit(),
): void {
  for (const stream of streams) {
    if (stream.listenerCount('error') > 0) continue;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (goesOn) return;
      if (!gone.has(error.code)) throw error;
      end();
    });
  }
}
