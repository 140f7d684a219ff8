import { z } from 'zod';
import { timestamp } from './message.ts';

/**
 * `making`, then `ready` or `failed`; `restoring` while a copy is laid ready, then `restore_ready`: the next start of the
 * gateway, which follows at once where the gateway can start itself anew, puts it in place.
 */
export const backupStates = ['making', 'ready', 'failed', 'restoring', 'restore_ready'] as const;

/** A copy of the database in the folder `backups` of the data directory. */
export const backup = z
  .object({
    name: z.string(),
    state: z.enum(backupStates),
    /** How far what is under way has come. */
    progress_percent: z.int().min(0).max(100),
    /** Null until it is there. */
    size_bytes: z.int().nullable(),
    created_at: timestamp,
    /** Why it could not be made, or restored. */
    error: z.string().nullable(),
  })
  .meta({ id: 'Backup' });
export type BackupView = z.infer<typeof backup>;

/** A part of a file that is uploaded. */
export const uploadQuery = z.object({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'Where in the file the part begins.', example: 0 }),
  size: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: 'How long the whole file is, where this is a part of it.', example: 4096 }),
});

/** Whether a restart follows. */
export const restart = z.object({ restarting: z.boolean() }).meta({ id: 'Restart' });
