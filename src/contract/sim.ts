import { z } from 'zod';
import { withoutDefaults } from './change.ts';
import { timestamp } from './message.ts';
import { e164 } from './phone-number.ts';
import { sendLimits, simSettings } from './sim-settings.ts';

/** A SIM as `GET /v1/sims` shows it. Its PIN is never shown, only whether one is kept. */
export const sim = simSettings
  .extend({
    iccid: z.string().nullable(),
    imsi: z.string().nullable(),
    number: z.string().nullable(),
    label: z.string().nullable(),
    has_pin: z.boolean(),
    online: z.boolean(),
    /** The service centre's number that a person set, else the one that the card had when it was read last. */
    smsc: z.string().nullable(),
    paused: z.boolean(),
    modem_id: z.string().nullable(),
    /**
     * Where `modem_id` is null: a modem that is locked and does not tell before its PIN which SIM it has. This one was the
     * last that was read in it, so that it is presumably there.
     */
    presumed_modem_id: z.string().nullable(),
    last_seen_at: timestamp.nullable(),
    /** What was left when the network was asked last; `amount` is null where its answer showed none. */
    balance: z.object({ amount: z.number().nullable(), text: z.string(), at: timestamp }).nullable(),
  })
  .meta({ id: 'Sim' });
export type SimView = z.infer<typeof sim>;

const { limits: _limits, ...settingShapes } = simSettings.shape;

/** A change of settings alone: what is named is changed, all else stays. */
export const simSettingsChange = z
  .strictObject({
    ...withoutDefaults(settingShapes),
    limits: z.strictObject(withoutDefaults(sendLimits.shape)).partial(),
  })
  .partial();

/** What `PATCH /v1/sims/{iccid}` takes: a change of settings, number, label, PIN or service centre. */
export const simChange = z
  .strictObject({
    ...simSettingsChange.shape,
    number: e164.nullable(),
    label: z.string().max(100).nullable(),
    pin: z
      .string()
      .regex(/^\d{4,8}$/, 'must be 4 to 8 digits')
      .nullable(),
    /** Is written onto the card; `null` lets the card's own count again. */
    smsc: e164.nullable(),
  })
  .partial()
  .meta({ id: 'SimChange' });
export type SimChange = z.infer<typeof simChange>;
