import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { formatTimestamp } from '../../contract/message.ts';
import {
  linkLifetimeMinutes,
  newLink,
  type SessionView,
  type Setup,
  type SignInLink,
  scopesOfRole,
  session as sessionSchema,
  setup as setupSchema,
  signIn,
  signInLink,
} from '../../contract/session.ts';
import { actorOf, sourceOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { isSameOrigin } from '../host-check.ts';
import { readJson } from '../json-body.ts';
import {
  personExample,
  sessionExample,
  setupExample,
  signInLinkExample,
} from '../openapi/examples/session.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { type Principal, principalOf } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from '../session-cookie.ts';
import { SignInGuard } from '../sign-in-guard.ts';
import { validate } from '../validation.ts';
import { linkPath } from './link.ts';

type Dependencies = Pick<ApiDependencies, 'sessions' | 'passwords' | 'audit' | 'clock' | 'version'>;

const operations = {
  show: {
    id: 'getSession',
    tag: 'Administration',
    summary: 'Who am I, and what may I do?',
    answers: [one(sessionSchema, sessionExample)],
  },
  open: {
    id: 'signIn',
    tag: 'Administration',
    summary: 'Sign in by password',
    description:
      'Sets the cookie of the session. Only the pages of this gateway itself can do this in a browser.',
    body: { schema: signIn, example: { password: 'correct horse battery' } },
    answers: [one(sessionSchema, personExample, { status: 201, description: 'Signed in.' })],
    errors: ['WRONG_PASSWORD', 'RATE_LIMIT_EXCEEDED'],
  },
  end: {
    id: 'endSession',
    tag: 'Administration',
    summary: 'Sign out',
    answers: [one(z.object({ ended: z.literal(true) }), { ended: true })],
  },
  makeLink: {
    id: 'createSignInLink',
    tag: 'Administration',
    summary: 'Make a link that signs one browser in',
    body: { schema: newLink, example: { role: 'reader' } },
    answers: [one(signInLink, signInLinkExample, { status: 201, description: 'Made.' })],
  },
  setup: {
    id: 'getSetup',
    tag: 'Administration',
    summary: 'What a browser must know before anybody has signed in',
    answers: [one(setupSchema, setupExample)],
  },
} as const satisfies Record<string, Operation>;

/**
 * `POST /session`: sign in. `GET /session`: who am I? `DELETE /session`: log out. `POST /session/links`: a one-time link.
 * `GET /setup`: what a browser must know before anybody has signed in.
 */
export function addSessionRoutes(router: IRouter, dependencies: Dependencies): void {
  const { passwords, version } = dependencies;
  const guard = new SignInGuard(dependencies.clock);
  addResource(router, '/session', {
    GET: {
      scope: undefined,
      operation: operations.show,
      handle: (_request, response) => sendOne(response, 200, view(principalOf(response), version)),
    },
    POST: {
      scope: undefined,
      operation: operations.open,
      handle: (request, response) => open(request, response, guard, dependencies),
    },
    DELETE: {
      scope: undefined,
      operation: operations.end,
      handle: (request, response) => end(request, response, dependencies),
    },
  });
  addResource(router, '/session/links', {
    POST: {
      scope: 'admin',
      operation: operations.makeLink,
      handle: (request, response) => makeLink(request, response, dependencies),
    },
  });
  addResource(router, '/setup', {
    GET: {
      scope: undefined,
      operation: operations.setup,
      handle: (_request, response) => sendOne(response, 200, setup(passwords, version)),
    },
  });
}

async function open(
  request: Request,
  response: Response,
  guard: SignInGuard,
  { sessions, passwords, audit, clock, version }: Dependencies,
): Promise<void> {
  if (request.headers.origin !== undefined && !isSameOrigin(request)) {
    throw new ApiError('FORBIDDEN', 'Only the pages of this gateway itself sign people in.');
  }
  const { role, password } = validate(signIn, await readJson(request));
  guard.attempt(sourceOf(request));
  if (!(await passwords.verify(role, password))) {
    audit.note(actorOf(request, response), { action: 'session.refused', target: role });
    throw new ApiError('WRONG_PASSWORD', 'The password is wrong, or none is set. A one-time link works too.');
  }
  guard.succeeded(sourceOf(request));
  const before = sessionCookieOf(request);
  const former = before === undefined ? undefined : sessions.authenticate(before);
  const opened = audit.during(
    actorOf(request, response),
    ({ session }) => ({ action: 'session.open', target: session.id, details: { role, by: 'password' } }),
    () => {
      if (former) sessions.end(former.id);
      return sessions.open(role);
    },
  );
  const { session } = opened;
  setSessionCookie(request, response, opened.cookie, Math.floor((session.expiresAt - clock.now()) / 1_000));
  const principal = { kind: 'session', ...session, scopes: scopesOfRole[session.role] } as const;
  sendOne(response, 201, view(principal, version));
}

function end(request: Request, response: Response, { sessions, audit }: Dependencies): void {
  const { kind, id } = principalOf(response);
  if (kind === 'key') {
    throw new ApiError('FORBIDDEN', 'This request came with an API key: there is no session to end.');
  }
  audit.during(actorOf(request, response), { action: 'session.end', target: id }, () => sessions.end(id));
  clearSessionCookie(request, response);
  sendOne(response, 200, { ended: true });
}

async function makeLink(
  request: Request,
  response: Response,
  { sessions, audit, clock }: Dependencies,
): Promise<void> {
  const { role } = validate(newLink, await readJson(request));
  audit.note(actorOf(request, response), { action: 'session.link', details: { role } });
  const link: SignInLink = {
    path: `${linkPath}?token=${sessions.issueLink(role)}`,
    role,
    expires_at: formatTimestamp(clock.now() + linkLifetimeMinutes * 60_000),
  };
  sendOne(response, 201, link);
}

function setup(passwords: Dependencies['passwords'], version: string): Setup {
  const set = passwords.list().filter(({ is_set }) => is_set);
  return {
    first_run: !set.some(({ role }) => role === 'administrator'),
    password_roles: set.map(({ role }) => role),
    gateway_version: version,
  };
}

function view(principal: Principal, version: string): SessionView {
  return {
    kind: principal.kind,
    id: principal.id,
    name: principal.kind === 'key' ? principal.name : null,
    role: principal.kind === 'session' ? principal.role : null,
    scopes: [...principal.scopes],
    expires_at: principal.kind === 'session' ? formatTimestamp(principal.expiresAt) : null,
    gateway_version: version,
  };
}
