import { z } from 'zod';

/** What a person has set for the whole gateway. */
export const gatewaySettings = z
  .strictObject({
    /** Nothing leaves from any SIM until a person resumes it. */
    sending_paused: z.boolean().default(false),
  })
  .meta({ id: 'Settings' });
/** What `PATCH /v1/settings` takes: what is named is changed, all else stays. */
export const gatewaySettingsChange = z
  .strictObject({ sending_paused: z.boolean() })
  .partial()
  .meta({ id: 'SettingsChange' });
export type GatewaySettingsChange = z.infer<typeof gatewaySettingsChange>;

export type GatewaySettings = z.infer<typeof gatewaySettings>;
