import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { newPassword, passwordView, type Role, roles } from '../../contract/session.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { passwordExample } from '../openapi/examples/session.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { principalOf } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'passwords' | 'sessions' | 'audit'>;

const operations = {
  list: {
    id: 'listPasswords',
    tag: 'Administration',
    summary: 'Who can sign in by password',
    answers: [one(z.array(passwordView), [passwordExample])],
  },
  set: {
    id: 'setPassword',
    tag: 'Administration',
    summary: 'Set the password of a role',
    description: 'Whoever is signed in as this role elsewhere must sign in anew.',
    body: { schema: newPassword, example: { password: 'correct horse battery' } },
    answers: [one(passwordView, passwordExample)],
    errors: ['NOT_FOUND'],
  },
  remove: {
    id: 'removePassword',
    tag: 'Administration',
    summary: 'Take the password of a role away',
    answers: [one(passwordView, { ...passwordExample, is_set: false, changed_at: null })],
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;

/** `GET /passwords`: who can sign in by password. `PUT` and `DELETE /passwords/{role}` set one and take it away. */
export function addPasswordRoutes(router: IRouter, dependencies: Dependencies): void {
  const { passwords, audit } = dependencies;
  addResource(router, '/passwords', {
    GET: {
      scope: 'admin',
      operation: operations.list,
      handle: (_request, response) => sendOne(response, 200, passwords.list()),
    },
  });
  addResource(router, '/passwords/:role', {
    PUT: {
      scope: 'admin',
      operation: operations.set,
      handle: (request, response) => set(request, response, dependencies),
    },
    DELETE: {
      scope: 'admin',
      operation: operations.remove,
      handle(request, response) {
        const role = roleOf(request);
        const act = { action: 'password.remove', target: role } as const;
        audit.during(actorOf(request, response), act, () => {
          passwords.remove(role);
          endSessions(response, role, dependencies);
        });
        sendOne(response, 200, viewOf(role, passwords));
      },
    },
  });
}

/** Whoever is signed in as this role elsewhere must sign in anew. */
async function set(request: Request, response: Response, dependencies: Dependencies): Promise<void> {
  const { passwords, audit } = dependencies;
  const role = roleOf(request);
  const { password } = validate(newPassword, await readJson(request));
  const hash = await passwords.hashOf(password);
  audit.during(actorOf(request, response), { action: 'password.set', target: role }, () => {
    passwords.keep(role, hash);
    endSessions(response, role, dependencies);
  });
  sendOne(response, 200, viewOf(role, passwords));
}

function endSessions(response: Response, role: Role, { sessions }: Dependencies): void {
  const { kind, id } = principalOf(response);
  sessions.endAll(role, kind === 'session' ? id : undefined);
}

function viewOf(role: Role, passwords: Dependencies['passwords']) {
  return passwords.list().find((view) => view.role === role);
}

function roleOf(request: Request): Role {
  const found = roles.find((role) => role === request.params.role);
  if (!found) throw new ApiError('NOT_FOUND', `There is no such role. The roles are ${roles.join(' and ')}.`);
  return found;
}
