import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { apiKey, type CreatedKey, createdKey, newKey } from '../../contract/key.ts';
import { pageQuery } from '../../contract/message-query.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { apiKeyExample, revokedKeyExample } from '../openapi/examples/key.ts';
import { type Operation, one, page } from '../openapi/operation.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate, validationError } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'keys' | 'smppPasswords' | 'audit' | 'clock'>;

const operations = {
  list: {
    id: 'listKeys',
    tag: 'Administration',
    summary: 'List the API keys, revoked ones too',
    query: pageQuery,
    answers: [page(apiKey, apiKeyExample)],
  },
  create: {
    id: 'createKey',
    tag: 'Administration',
    summary: 'Make an API key',
    description: 'The answer is the only one that ever holds the key itself.',
    body: { schema: newKey, example: { name: 'till', scopes: ['sms:send'] } },
    answers: [
      one(
        createdKey,
        { ...apiKeyExample, key: `ak_${'x'.repeat(40)}` },
        { status: 201, description: 'Made.' },
      ),
    ],
  },
  show: {
    id: 'getKey',
    tag: 'Administration',
    summary: 'Look at an API key',
    answers: [one(apiKey, apiKeyExample)],
    errors: ['KEY_NOT_FOUND'],
  },
  revoke: {
    id: 'revokeKey',
    tag: 'Administration',
    summary: 'Make an API key invalid for good',
    answers: [one(apiKey, revokedKeyExample)],
    errors: ['KEY_NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;

/** `GET /keys`, `POST /keys` and `DELETE /keys/{id}`. A key is shown once, when it is made. */
export function addKeyRoutes(router: IRouter, dependencies: Dependencies): void {
  const { keys } = dependencies;
  addResource(router, '/keys', {
    GET: {
      scope: 'admin',
      operation: operations.list,
      handle: (request, response) => sendPageOf(response, keys.list(), validate(pageQuery, request.query)),
    },
    POST: {
      scope: 'admin',
      operation: operations.create,
      handle: (request, response) => create(request, response, dependencies),
    },
  });
  addResource(router, '/keys/:id/smpp-password', {
    POST: {
      scope: 'admin',
      operation: setSmppPassword,
      handle: (request, response) => makeSmppPassword(request, response, dependencies),
    },
  });
  addResource(router, '/keys/:id', {
    GET: {
      scope: 'admin',
      operation: operations.show,
      handle: (request, response) => sendOne(response, 200, keyOf(request, keys)),
    },
    DELETE: {
      scope: 'admin',
      operation: operations.revoke,
      handle: (request, response) => revoke(request, response, dependencies),
    },
  });
}

const smppPassword = z.object({ key_id: z.string(), password: z.string() });

const setSmppPassword: Operation = {
  id: 'setSmppPassword',
  tag: 'Administration',
  summary: 'Make a short password of a key, for SMPP clients',
  description:
    'SMPP has room for eight characters where a key has more than thirty. A client binds with the id of the key as ' +
    '`system_id`. The answer is the only one that holds the password; the one before does not fit any more.',
  answers: [
    one(
      smppPassword,
      { key_id: apiKeyExample.id, password: 'x7Kd02Qp' },
      { status: 201, description: 'Made.' },
    ),
  ],
  errors: ['KEY_NOT_FOUND'],
};

async function makeSmppPassword(
  request: Request,
  response: Response,
  { keys, smppPasswords, audit }: Dependencies,
): Promise<void> {
  const { id } = keyOf(request, keys);
  if (!keys.isActive(id)) throw noKey();
  const act = { action: 'password.set', target: `smpp ${id}` } as const;
  const password = await smppPasswords.create(id, (write) =>
    audit.during(actorOf(request, response), act, write),
  );
  sendOne(response, 201, { key_id: id, password });
}

async function create(
  request: Request,
  response: Response,
  { keys, audit, clock }: Dependencies,
): Promise<void> {
  const wanted = validate(newKey, await readJson(request));
  if (wanted.expires_at !== null && Date.parse(wanted.expires_at) <= clock.now()) {
    throw validationError({ expires_at: 'must be in the future' });
  }
  const made = audit.during(
    actorOf(request, response),
    ({ id }) => ({ action: 'key.create', target: id, details: { ...wanted } }),
    () => keys.create(wanted),
  );
  const listed = keys.find(made.id);
  if (!listed) throw noKey();
  sendOne(response, 201, { ...listed, key: made.key } satisfies CreatedKey);
}

/** A key that was revoked before stays revoked, and is no error: whoever repeats a request got what it asked for. */
function revoke(request: Request, response: Response, { keys, audit }: Dependencies): void {
  const { id, name, revoked_at } = keyOf(request, keys);
  if (revoked_at === null) {
    const act = { action: 'key.revoke', target: id, details: { name } } as const;
    audit.during(actorOf(request, response), act, () => keys.revoke(id));
  }
  sendOne(response, 200, keyOf(request, keys));
}

function keyOf(request: Request, keys: Dependencies['keys']) {
  const key = keys.find(String(request.params.id));
  if (!key) throw noKey();
  return key;
}

function noKey(): ApiError {
  return new ApiError('KEY_NOT_FOUND', 'There is no API key with this id.');
}
