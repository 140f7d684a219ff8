import { z } from 'zod';
import { withoutDefaults } from './change.ts';

/** What a person has set for the whole gateway. */
export const gatewaySettings = z
  .strictObject({
    /** Nothing leaves from any SIM until a person resumes it. */
    sending_paused: z.boolean().default(false),
    /** So long a text of several parts waits for those that are missing, before it is handed over without them. */
    long_text_hours: z.int().min(1).max(168).default(24),
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
