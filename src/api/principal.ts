import type { Request, Response } from 'express';
import { covers, type Scope } from '../contract/key.ts';
import { type Role, scopesOfRole } from '../contract/session.ts';
import { ApiError } from './api-error.ts';
import type { ApiDependencies } from './dependencies.ts';
import { isSameOrigin } from './host-check.ts';
import { sessionCookieOf } from './session-cookie.ts';

/** Who a request comes from: a program with a key, or a person's browser with a session. */
export type Principal =
  | {
      readonly kind: 'key';
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly Scope[];
      readonly requestsPerMinute: number | undefined;
    }
  | {
      readonly kind: 'session';
      readonly id: string;
      readonly role: Role;
      readonly scopes: readonly Scope[];
      readonly expiresAt: number;
    };

const bearer = /^bearer +(\S+) *$/i;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Tells a client what to send; RFC 9110, 11.6.1. */
const challenge = { headers: { 'WWW-Authenticate': 'Bearer' } };

/**
 * Finds out who asks. Throws 401 when that stays unknown, 403 when another site's page uses a session, or a key is used
 * where it may not be.
 */
export function identify(
  request: Request,
  { keys, sessions }: Pick<ApiDependencies, 'keys' | 'sessions'>,
): Principal {
  const header = request.headers.authorization?.trim();
  if (header) return identifyKey(header, request, keys);
  const cookie = sessionCookieOf(request);
  const session = cookie === undefined ? undefined : sessions.authenticate(cookie);
  if (!session) {
    throw new ApiError('MISSING_API_KEY', 'Send an API key: "Authorization: Bearer ak_...".', challenge);
  }
  refuseForeignPages(request);
  return { kind: 'session', ...session, scopes: scopesOfRole[session.role] };
}

function identifyKey(
  header: string,
  request: Request,
  keys: Pick<ApiDependencies['keys'], 'authenticate'>,
): Principal {
  const token = bearer.exec(header)?.[1];
  const holder = token && keys.authenticate(token, request.socket.remoteAddress ?? '');
  if (holder) return { kind: 'key', ...holder };
  throw new ApiError(
    'INVALID_API_KEY',
    'The API key is wrong, expired or was revoked. It is sent as "Authorization: Bearer ak_...".',
    challenge,
  );
}

/** Another program on this machine may serve pages on another port; to a browser that is the same site. */
function refuseForeignPages(request: Request): void {
  const { origin } = request.headers;
  if (origin === undefined ? safeMethods.has(request.method) : isSameOrigin(request)) return;
  throw new ApiError('FORBIDDEN', 'A session may only be used by pages of this gateway itself.');
}

/** Throws 403 unless the principal may do what needs `scope`. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (covers(principal.scopes, scope)) return;
  throw new ApiError(
    'FORBIDDEN',
    principal.kind === 'key'
      ? `This API key lacks the scope "${scope}".`
      : `Whoever signs in as ${principal.role} only looks. An administrator can do this.`,
  );
}

/** Whether who asked may still ask: for answers that stay open for hours. */
export function isStillValid(
  principal: Principal,
  { keys, sessions }: Pick<ApiDependencies, 'keys' | 'sessions'>,
): boolean {
  return principal.kind === 'key' ? keys.isActive(principal.id) : sessions.isActive(principal.id);
}

/** Notes who asks beside the response. */
export function setPrincipal(response: Response, principal: Principal): void {
  response.locals.principal = principal;
}

/** Who asks, on every route under `/v1`. */
export function principalOf(response: Response): Principal {
  return response.locals.principal as Principal;
}
