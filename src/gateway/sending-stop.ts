import type { Waiting } from '../contract/story.ts';

/** What can keep the texts of a SIM that could leave. */
export interface StopSigns {
  /** The database was found to be damaged. */
  readonly damaged: boolean;
  /** A backup was restored, and nobody has decided yet. */
  readonly held: boolean;
  /** Something that arrived is only in memory. */
  readonly unwritten: boolean;
  readonly allPaused: boolean;
  readonly simPaused: boolean;
}

export const noSigns: StopSigns = {
  damaged: false,
  held: false,
  unwritten: false,
  allPaused: false,
  simPaused: false,
};

/** Why no text of a SIM may leave although it could, the greatest reason first; undefined where texts may leave. */
export function sendingStop(signs: StopSigns): Pick<Waiting, 'reason' | 'message'> | undefined {
  if (signs.damaged) {
    const message =
      'The database is damaged: nothing is sent or accepted. Stop Postern and restore a backup.';
    return { reason: 'disk', message };
  }
  if (signs.held) {
    const message = 'A backup was restored: nothing leaves until you release or discard what waited.';
    return { reason: 'queue_held', message };
  }
  if (signs.unwritten) {
    const message =
      'The disk does not take what arrives, and nothing is sent until it does. Make room on it.';
    return { reason: 'disk', message };
  }
  if (signs.allPaused)
    return { reason: 'sending_paused', message: 'All sending is paused. Resume it to send this text.' };
  if (signs.simPaused)
    return { reason: 'sim_paused', message: 'Its SIM is paused. Resume the SIM to send this text.' };
  return undefined;
}
