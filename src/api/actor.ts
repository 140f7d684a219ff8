import type { Request, Response } from 'express';
import type { Actor } from '../store/audit-log.ts';
import { plainAddress } from './loopback.ts';
import type { Principal } from './principal.ts';

/** Who asks, as the audit log names it. */
export function actorOf(request: Request, response: Response): Actor {
  const principal = response.locals.principal as Principal | undefined;
  return {
    ...(principal ? named(principal) : { kind: 'nobody', id: null, name: null }),
    address: sourceOf(request),
    requestId: String(response.getHeader('X-Request-Id') ?? ''),
  };
}

/** The address that a request came from. Behind a reverse proxy it is the proxy's. */
export function sourceOf(request: Request): string {
  return plainAddress(request.socket.remoteAddress ?? '');
}

function named(principal: Principal): Pick<Actor, 'kind' | 'id' | 'name'> {
  const { kind, id } = principal;
  return { kind, id, name: principal.kind === 'key' ? principal.name : principal.role };
}
