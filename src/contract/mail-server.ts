import { z } from 'zod';

/** What is known of the mail server beside the settings: never the password itself. */
export const mailServer = z
  .object({
    has_password: z.boolean(),
    /** False where it was sealed under another data key: it must then be entered again. */
    password_readable: z.boolean(),
    /** Events that wait to be forwarded. */
    waiting: z.int(),
    /** Events of the last 30 days that no mail server took in time. */
    given_up: z.int(),
  })
  .meta({ id: 'MailServer' });
export type MailServerView = z.infer<typeof mailServer>;

/** What `PUT /v1/mail/password` takes. */
export const mailPassword = z
  .strictObject({ password: z.string().min(1, 'must not be empty').max(1_024) })
  .meta({ id: 'MailPassword' });

/** What `POST /v1/mail/test` takes. */
export const mailTest = z
  .strictObject({
    to: z
      .string()
      .max(254)
      .regex(/^[^\s@<>",;]+@[^\s@<>",;]+$/, 'must be an e-mail address'),
  })
  .meta({ id: 'MailTest' });
