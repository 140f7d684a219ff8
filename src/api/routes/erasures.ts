import type { IRouter, Request, Response } from 'express';
import { type Erasure, erasure, erasureRequest } from '../../contract/erasure.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate, validationError } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'persons' | 'isOurs' | 'audit'>;

const erasureExample: Erasure = {
  messages: 12,
  cancelled: 1,
  not_final: 0,
  parts: 0,
  reports: 2,
  calls: 0,
  log_lines: 31,
  lists: ['opted-out'],
};

/** `POST /erasures`: forgets one person, every text to and from a number. */
export function addErasureRoutes(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/erasures', {
    POST: {
      scope: 'admin',
      operation: {
        id: 'erasePerson',
        tag: 'Administration',
        summary: 'Forget a person: every text to and from a number',
        body: { schema: erasureRequest, example: { number: '+14155553000' } },
        answers: [one(erasure, erasureExample)],
      },
      handle: (request, response) => erase(request, response, dependencies),
    },
  });
}

/** Who was erased does not stand in the audit log: it would keep what is to be forgotten. */
async function erase(
  request: Request,
  response: Response,
  { persons, isOurs, audit }: Dependencies,
): Promise<void> {
  const { number } = validate(erasureRequest, await readJson(request));
  if (isOurs(number)) throw validationError({ number: 'is a number of this gateway itself' });
  const erased = await persons.erase(number);
  audit.note(actorOf(request, response), { action: 'person.erase', details: erased });
  sendOne(response, 200, erased);
}
