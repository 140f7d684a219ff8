import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import type { Act } from '../../store/audit-log.ts';
import type { Session } from '../../store/session-store.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { empty, type Operation, text } from '../openapi/operation.ts';
import { sendPlainPage } from '../plain-page.ts';
import { addResource } from '../resource.ts';
import { sessionCookieOf, setSessionCookie } from '../session-cookie.ts';

/** Where the one-time link that `serve` prints leads. */
export const linkPath = '/session';

const open: Operation = {
  id: 'openSession',
  tag: 'Pages',
  summary: 'Sign a browser in with a one-time link',
  query: z.object({ token: z.string().optional() }),
  answers: [
    empty(204, 'A preview of the link, which does not use it up.'),
    empty(303, 'The session is open; its cookie is set.'),
    text('text/html', '<!doctype html>', { status: 403, description: 'The link no longer works.' }),
  ],
};

/**
 * `GET /session?token=...` opens a session and goes on to the pages. Only a person's own GET uses the token up: the
 * HEAD of a link preview and a browser that fetches ahead do not.
 */
export function addLinkRoute(
  router: IRouter,
  { sessions, audit, clock }: Pick<ApiDependencies, 'sessions' | 'audit' | 'clock'>,
): void {
  addResource(router, linkPath, {
    GET: {
      scope: undefined,
      operation: open,
      handle(request, response) {
        response.setHeader('Cache-Control', 'no-store');
        if (isPreview(request)) return void response.writeHead(204).end();
        const { token } = request.query;
        const opened = audit.during(
          actorOf(request, response),
          (result) => result && openedBy(result.session),
          () => (typeof token === 'string' ? sessions.redeem(token) : undefined),
        );
        if (opened) {
          const seconds = Math.floor((opened.session.expiresAt - clock.now()) / 1_000);
          setSessionCookie(request, response, opened.cookie, seconds);
        } else if (!hasSession(request, sessions)) {
          return refuse(response);
        }
        response.writeHead(303, { Location: '/' }).end();
      },
    },
  });
}

function openedBy({ id, role }: Session): Act {
  return { action: 'session.open', target: id, details: { role, by: 'link' } };
}

function isPreview(request: Request): boolean {
  const purpose = request.headers['sec-purpose'] ?? request.headers.purpose ?? '';
  return request.method === 'HEAD' || /prefetch|prerender|preview/i.test(String(purpose));
}

/** Whoever opens the used link a second time in the same browser is simply let in. */
function hasSession(request: Request, sessions: ApiDependencies['sessions']): boolean {
  const cookie = sessionCookieOf(request);
  return cookie !== undefined && sessions.authenticate(cookie) !== undefined;
}

function refuse(response: Response): void {
  sendPlainPage(
    response,
    403,
    'This link no longer works',
    'A link opens Postern once, within 15 minutes. "postern sign-in" makes another, and so does starting Postern again.',
  );
}
