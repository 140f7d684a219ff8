import { z } from 'zod';
import { timestamp } from './message.ts';
import { calendarDay, pageQuery } from './message-query.ts';

/** What is written down of those who change something. Texts that are sent stand in the message log with their key. */
export const auditActions = [
  'key.create',
  'key.revoke',
  'session.link',
  'session.open',
  'session.refused',
  'session.end',
  'password.set',
  'password.remove',
  'settings.change',
  'settings.export',
  'settings.import',
  'network.change',
  'mail.test',
  'diagnostics.download',
  'queue.release',
  'queue.discard',
  'queue.believe-clock',
  'sim.change',
  'sim.pause',
  'sim.resume',
  'list.add',
  'list.remove',
  'modem.at',
  'modem.ussd',
  'modem.change',
  'modem.pin',
  'modem.reset',
  'modem.disable',
  'modem.enable',
  'modem.welcome',
  'modem.forget',
  'sim.forget',
  'emulation.start',
  'emulation.stop',
  'message.cancel',
  'message.resend',
  'message.erase',
  'person.erase',
  'batch.create',
  'batch.pause',
  'batch.resume',
  'batch.cancel',
  'webhook.create',
  'webhook.change',
  'webhook.delete',
  'backup.create',
  'backup.download',
  'backup.upload',
  'backup.delete',
  'backup.restore',
  'gateway.restart',
] as const;
export const auditAction = z.enum(auditActions).meta({ id: 'AuditAction' });
export type AuditAction = z.infer<typeof auditAction>;

/** Who did it: a key, a person's browser, the command line, or somebody who did not say who. */
export const auditActor = z
  .object({
    kind: z.enum(['key', 'session', 'command_line', 'nobody']),
    id: z.string().nullable(),
    /** The key's name, the session's role, or the user of the command line. */
    name: z.string().nullable(),
    /** Where the request came from. */
    address: z.string().nullable(),
  })
  .meta({ id: 'AuditActor' });
export type AuditActor = z.infer<typeof auditActor>;

/** One line of the audit log. `details` never holds a secret. */
export const auditEntry = z
  .object({
    id: z.int(),
    at: timestamp,
    action: auditAction,
    target: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    actor: auditActor,
    request_id: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

/** What `GET /v1/audit` can be asked for. */
export const auditQuery = pageQuery
  .extend({
    action: auditAction.optional(),
    target: z.string().max(128).optional(),
    /** The id of a key or session, or the name of a user of the command line. */
    actor: z.string().max(128).optional(),
    from_date: calendarDay.optional(),
    to_date: calendarDay.optional(),
  })
  .meta({ id: 'AuditQuery' });
export type AuditQuery = z.infer<typeof auditQuery>;
