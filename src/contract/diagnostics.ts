import { z } from 'zod';
import { timestamp } from './message.ts';

/** How the gateway and what it stands on are, for whoever looks after it. */
export const diagnostics = z
  .object({
    version: z.string(),
    node: z.string(),
    platform: z.string(),
    started_at: timestamp,
    data_dir: z.string(),
    database_bytes: z.int(),
    /** What is written down beside the database until it is joined. */
    log_bytes: z.int(),
    /** Null where the system does not tell. */
    free_bytes: z.int().nullable(),
    backups: z.object({ count: z.int(), bytes: z.int(), newest_at: timestamp.nullable() }),
    /** Why texts cannot be taken just now. */
    not_ready: z.string().nullable(),
  })
  .meta({ id: 'Diagnostics' });
export type DiagnosticsView = z.infer<typeof diagnostics>;

/** Whether the database is sound. */
export const databaseCheck = z
  .object({ sound: z.boolean(), finding: z.string().nullable(), took_ms: z.int() })
  .meta({ id: 'DatabaseCheck' });
export type DatabaseCheckView = z.infer<typeof databaseCheck>;

/**
 * What can be handed to whoever helps: no text, PIN or key is in it, and of numbers only the last three digits.
 */
export const diagnosticsBundle = z
  .object({
    made_at: timestamp,
    diagnostics,
    network: z.unknown(),
    settings: z.unknown(),
    modems: z.array(z.unknown()),
    queue: z.unknown(),
    /** The last lines of the log. */
    log: z.array(z.string()),
  })
  .meta({ id: 'DiagnosticsBundle' });
export type DiagnosticsBundle = z.infer<typeof diagnosticsBundle>;
