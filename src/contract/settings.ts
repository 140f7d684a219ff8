import { z } from 'zod';
import { withoutDefaults } from './change.ts';
import { mailSettingFields } from './mail-settings.ts';
import { retentionSettings } from './retention.ts';

/** `only_allowed`: those on the white list, but for those on the black list too. */
const admission = z.enum(['all', 'not_blocked', 'only_allowed']);

const words = z.array(z.string().trim().min(1).max(30)).min(1).max(50);

/** What a person has set for the whole gateway. */
export const gatewaySettings = z
  .strictObject({
    /** Nothing leaves from any SIM until a person resumes it. */
    sending_paused: z.boolean().default(false),
    /** So long a text of several parts waits for those that are missing, before it is handed over without them. */
    long_text_hours: z.int().min(1).max(168).default(24),
    /** Whose texts raise events, and who can be written to; the lists are those of `/v1/lists`. */
    inbound_from: admission.default('not_blocked'),
    outbound_to: admission.default('not_blocked'),
    /** Whether a reply that is one of the words below puts its sender on the list `opted-out`, or takes it off. */
    opt_out_replies: z.boolean().default(false),
    opt_out_words: words.default(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']),
    opt_in_words: words.default(['START', 'UNSTOP']),
    /** So many backups are kept that the gateway made; the oldest go first. */
    backups_kept: z.int().min(1).max(100).default(10),
    ...retentionSettings.shape,
    ...mailSettingFields,
  })
  .meta({ id: 'Settings' });
export type GatewaySettings = z.infer<typeof gatewaySettings>;

/** What holds where nobody has set anything. */
export const defaultGatewaySettings: GatewaySettings = gatewaySettings.parse({});

/** What `PATCH /v1/settings` takes: what is named is changed, all else stays. */
export const gatewaySettingsChange = z
  .strictObject(withoutDefaults(gatewaySettings.shape))
  .partial()
  .meta({ id: 'SettingsChange' });
export type GatewaySettingsChange = z.infer<typeof gatewaySettingsChange>;
