import { z } from 'zod';
import { e164 } from './phone-number.ts';

const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>",;]+@[^\s@<>",;]+$/, 'must be an e-mail address');
const sender = z
  .string()
  .max(254)
  .regex(/^[^\s@<>",;]*@[^\s@<>",;]+$/, 'must be an e-mail address, or @ and a domain');

/** Events that can be forwarded by e-mail. */
export const mailEvents = ['sms.received', 'modem.attention'] as const;

/** What a person sets about e-mail: who may send texts by it, and where texts that come in go. */
export const mailSettingFields = {
  /** Whose mail becomes texts: addresses, or `@example.com` for everybody there. */
  mail_senders: z.array(sender).max(1_000).default([]),
  /** The number that texts by mail leave from; null lets the numbers take turns. */
  mail_number: e164.nullable().default(null),
  /** So many characters a text by mail has at most, and what becomes of a longer one. */
  mail_longest: z.int().min(1).max(1_600).default(1_600),
  mail_long: z.enum(['refuse', 'cut']).default('refuse'),
  /** Whether the subject stands before the text. It is the text where a mail has no other. */
  mail_subject: z.enum(['ignore', 'prepend']).default('ignore'),
  /** Who is sent the events below; nobody where this is empty. */
  mail_forward_to: z.array(address).max(100).default([]),
  mail_forward_from: address.default('postern@localhost'),
  mail_events: z
    .array(z.enum(mailEvents))
    .max(10)
    .default([...mailEvents]),
  /** The mail server that takes them; its password is set apart (`postern mail password`) and never shown. */
  mail_server_host: z.string().min(1).max(253).nullable().default(null),
  mail_server_port: z.int().min(1).max(65_535).default(587),
  mail_server_security: z.enum(['none', 'starttls', 'tls']).default('starttls'),
  mail_server_user: z.string().min(1).max(254).nullable().default(null),
};

export type MailSettings = z.infer<z.ZodObject<typeof mailSettingFields>>;
