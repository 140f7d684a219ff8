import type { IRouter } from 'express';
import { formatTimestamp } from '../../contract/message.ts';
import type { SessionView } from '../../contract/session.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Principal, principalOf } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { clearSessionCookie } from '../session-cookie.ts';

/** `GET /session`: who am I? `DELETE /session`: log out. */
export function addSessionRoutes(
  router: IRouter,
  { sessions, version }: Pick<ApiDependencies, 'sessions' | 'version'>,
): void {
  addResource(router, '/session', {
    GET: {
      scope: undefined,
      handle: (_request, response) => sendOne(response, 200, view(principalOf(response), version)),
    },
    DELETE: {
      scope: undefined,
      handle(request, response) {
        const principal = principalOf(response);
        if (principal.kind === 'key') {
          throw new ApiError('FORBIDDEN', 'This request came with an API key: there is no session to end.');
        }
        sessions.end(principal.id);
        clearSessionCookie(request, response);
        sendOne(response, 200, { ended: true });
      },
    },
  });
}

function view(principal: Principal, version: string): SessionView {
  return {
    kind: principal.kind,
    id: principal.id,
    name: principal.kind === 'key' ? principal.name : null,
    scopes: [...principal.scopes],
    expires_at: principal.kind === 'session' ? formatTimestamp(principal.expiresAt) : null,
    gateway_version: version,
  };
}
