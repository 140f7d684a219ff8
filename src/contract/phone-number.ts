import { z } from 'zod';

/**
 * An international number as E.164 writes it: `+`, a country code that does not begin with 0, 7 to 15 digits in all.
 * Deliberately no numbering-plan check: those tables refuse numbers that exist.
 */
export const e164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be an international number in E.164 form, for example +14155552671')
  .meta({ id: 'E164', example: '+14155552671' });

/** Whom a text can be sent to: an E.164 number, or a short code of 3 to 8 digits that does not begin with 0. */
export const recipient = z
  .string()
  .regex(
    /^(?:\+[1-9]\d{6,14}|[1-9]\d{2,7})$/,
    'must be an international number in E.164 form, for example +14155553000, or a short code of 3 to 8 digits',
  )
  .meta({ id: 'Recipient', example: '+14155553000' });
