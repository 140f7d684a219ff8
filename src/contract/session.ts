import { z } from 'zod';
import { type Scope, scope, scopes } from './key.ts';
import { timestamp } from './message.ts';
import { type Role, roles } from './roles.ts';

export { type Role, roles } from './roles.ts';

export const role = z.enum(roles).meta({ id: 'Role' });

export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  administrator: scopes,
  reader: ['sms:read'],
};

/** Who the caller is, as `GET /v1/session` tells: an API key, or a person's browser. */
export const session = z
  .object({
    kind: z.enum(['key', 'session']),
    id: z.string(),
    name: z.string().nullable(),
    /** Null for a key. */
    role: role.nullable(),
    scopes: z.array(scope),
    expires_at: timestamp.nullable(),
    gateway_version: z.string(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof session>;

/** What `POST /v1/session` takes. */
export const signIn = z
  .strictObject({
    role: role.default('administrator'),
    password: z.string().min(1, 'must not be empty').max(1_024),
  })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signIn>;

/** What `PUT /v1/passwords/{role}` takes. Length is all that is asked of a password (NIST SP 800-63B, 3.1.1.2). */
export const newPassword = z
  .strictObject({
    password: z.string().min(10, 'must be at least 10 characters').max(256, 'must be at most 256 characters'),
  })
  .meta({ id: 'NewPassword' });

/** Whether a role has a password. */
export const passwordView = z
  .object({ role, is_set: z.boolean(), changed_at: timestamp.nullable() })
  .meta({ id: 'Password' });
export type PasswordView = z.infer<typeof passwordView>;

/** What a browser may know before anybody has signed in, as `GET /v1/setup` tells. */
export const setup = z
  .object({
    /** No administrator has a password yet: the one-time link that `serve` prints opens the pages. */
    first_run: z.boolean(),
    /** The roles that can sign in by password. */
    password_roles: z.array(role),
    gateway_version: z.string(),
  })
  .meta({ id: 'Setup' });
export type Setup = z.infer<typeof setup>;

/** How long a one-time link can be used. */
export const linkLifetimeMinutes = 15;

/** What `POST /v1/session/links` takes. */
export const newLink = z.strictObject({ role: role.default('administrator') }).meta({ id: 'NewLink' });

/** A one-time link: the address after the gateway's own, good for one browser until `expires_at`. */
export const signInLink = z
  .object({ path: z.string(), role, expires_at: timestamp })
  .meta({ id: 'SignInLink' });
export type SignInLink = z.infer<typeof signInLink>;
