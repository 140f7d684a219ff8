import { z } from 'zod';
import { eventType } from './event.ts';
import { timestamp } from './message.ts';
import { storedNetwork } from './network.ts';
import { newListEntry } from './number-list.ts';
import { e164 } from './phone-number.ts';
import { gatewaySettingsChange } from './settings.ts';
import { simSettingsChange } from './sim.ts';

export const settingsFormat = 'postern-settings';
export const settingsVersion = 1;
const mostEntries = 500_000;

/** A SIM is known by its card, wherever that turns up. Whether it is paused is of the moment, and not in the file. */
const fileSim = z.strictObject({
  ...simSettingsChange.shape,
  iccid: z.string().regex(/^\d{18,22}$/, 'must be the digits of an ICCID'),
  number: e164.nullable(),
  label: z.string().max(100).nullable(),
  /** The service centre, where a person set it. */
  smsc: e164.nullable(),
});
export type FileSim = z.infer<typeof fileSim>;

const fileWebhook = z.strictObject({
  url: z.string().max(2_000),
  label: z.string().min(1).max(100),
  events: z.array(eventType).min(1),
});
export type FileWebhook = z.infer<typeof fileWebhook>;

const listed = (entry: (typeof newListEntry)[keyof typeof newListEntry]) =>
  z
    .array(
      z.strictObject({
        number: entry.shape.number,
        note: z.string().max(200).nullable(),
        source: z.enum(['person', 'reply']),
      }),
    )
    .max(mostEntries);

/** What is sealed under the passphrase. */
export const fileSecrets = z.object({
  /** By ICCID. */
  pins: z.record(z.string(), z.string()),
  mail_password: z.string().nullable(),
  /** By the address of the webhook. */
  webhooks: z.record(z.string(), z.string()),
});
export type FileSecrets = z.infer<typeof fileSecrets>;

const base64 = z
  .string()
  .max(4_000_000)
  .regex(/^[A-Za-z0-9+/]+=*$/, 'must be Base64');

/** AES-256-GCM under a key that scrypt makes of the passphrase. */
const sealed = z.strictObject({
  kdf: z.literal('scrypt'),
  n: z.literal(131_072),
  r: z.literal(8),
  p: z.literal(1),
  salt: base64,
  /** Nonce (12 octets), tag (16), JSON. */
  sealed: base64,
});
export type SealedSecrets = z.infer<typeof sealed>;

/**
 * All that an administrator has set, and no message. API keys and passwords of people are not in it: a file that could
 * bring those along would be a way in.
 */
export const settingsFile = z
  .strictObject({
    format: z.literal(settingsFormat),
    version: z.literal(settingsVersion),
    exported_at: timestamp,
    gateway_version: z.string().max(100),
    /** Whether sending is paused is of the moment, and not in the file. */
    settings: z.strictObject(gatewaySettingsChange.omit({ sending_paused: true }).shape),
    network: z.strictObject(storedNetwork.shape),
    sims: z.array(fileSim).max(10_000),
    lists: z.strictObject({
      blocked: listed(newListEntry.blocked),
      allowed: listed(newListEntry.allowed),
      'opted-out': listed(newListEntry['opted-out']),
    }),
    webhooks: z.array(fileWebhook).max(100),
    /** Null where they were left out. */
    secrets: sealed.nullable(),
  })
  .meta({ id: 'SettingsFile' });
export type SettingsFile = z.infer<typeof settingsFile>;

const passphrase = z
  .string()
  .min(10, 'must be at least 10 characters')
  .max(1_024, 'must be at most 1024 characters');

/** What `POST /v1/settings/export` takes; with a passphrase the secrets are in the file, sealed under it. */
export const exportRequest = z
  .strictObject({ passphrase: passphrase.optional() })
  .meta({ id: 'SettingsExportRequest' });

/** What `POST /v1/settings/import` takes. */
export const importRequest = z
  .strictObject({ file: settingsFile, passphrase: z.string().max(1_024).optional() })
  .meta({ id: 'SettingsImportRequest' });

/** `dry_run=true` changes nothing, and tells what would change. */
export const settingsImportQuery = z
  .object({ dry_run: z.enum(['true', 'false']).default('false') })
  .meta({ id: 'SettingsImportQuery' });

export const settingsParts = ['settings', 'network', 'sims', 'lists', 'webhooks', 'secrets'] as const;

/** One thing that an import changes, or would; `before` is null where there was nothing. Secrets are never shown. */
export const settingsDifference = z
  .object({
    part: z.enum(settingsParts),
    /** What it belongs to: the ICCID, the list, the address of the webhook; null for the gateway itself. */
    target: z.string().nullable(),
    name: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'SettingsDifference' });
export type SettingsDifference = z.infer<typeof settingsDifference>;

/** What an import changed, or would change. */
export const settingsImportReport = z
  .object({
    dry_run: z.boolean(),
    /** The first thousand of them. */
    changes: z.array(settingsDifference),
    changes_total: z.int(),
    /** What is left as it is, and why. */
    left_out: z.array(
      z.object({ part: z.enum(settingsParts), target: z.string().nullable(), why: z.string() }),
    ),
    /** Secrets of webhooks that were made without one in the file; shown this once. */
    new_secrets: z.array(z.object({ url: z.string(), secret: z.string() })),
    restart_needed: z.boolean(),
  })
  .meta({ id: 'SettingsImportReport' });
export type SettingsImportReport = z.infer<typeof settingsImportReport>;
