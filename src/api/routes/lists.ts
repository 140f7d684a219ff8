import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { pageQuery } from '../../contract/message-query.ts';
import { listEntry, type NumberList, newListEntry, numberLists } from '../../contract/number-list.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { listEntryExample } from '../openapi/examples/list.ts';
import { type Operation, one, page } from '../openapi/operation.ts';
import { sendOne, sendPage } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'lists' | 'clock' | 'audit'>;

const operations = {
  show: {
    id: 'listEntries',
    tag: 'Numbers',
    summary: 'Look at the black list, the white list, or who wants no more texts',
    query: pageQuery,
    answers: [page(listEntry, listEntryExample)],
    errors: ['NOT_FOUND'],
  },
  add: {
    id: 'addEntry',
    tag: 'Numbers',
    summary: 'Put a number on a list',
    body: {
      schema: z.union([newListEntry.blocked, newListEntry['opted-out']]),
      example: { number: '+14155553000', note: 'asked by phone' },
    },
    answers: [one(listEntry, listEntryExample, { status: 201, description: 'It is on the list.' })],
    errors: ['NOT_FOUND'],
  },
  remove: {
    id: 'removeEntry',
    tag: 'Numbers',
    summary: 'Take a number off a list',
    answers: [one(z.object({ number: z.string() }), { number: '+14155553000' })],
    errors: ['NOT_FOUND', 'ENTRY_NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;

/** `/lists/{blocked, allowed, opted-out}`: whom the gateway hears and writes to. */
export function addListRoutes(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/lists/:list', {
    GET: {
      scope: 'sms:read',
      operation: operations.show,
      handle: (request, response) => show(request, response, dependencies),
    },
    POST: {
      scope: 'admin',
      operation: operations.add,
      handle: (request, response) => add(request, response, dependencies),
    },
  });
  addResource(router, '/lists/:list/:number', {
    DELETE: {
      scope: 'admin',
      operation: operations.remove,
      handle: (request, response) => remove(request, response, dependencies),
    },
  });
}

function show(request: Request, response: Response, { lists }: Dependencies): void {
  const list = listOf(request);
  const query = validate(pageQuery, request.query);
  const { entries, total } = lists.page(list, query.per_page, (query.page - 1) * query.per_page);
  sendPage(response, entries, total, query);
}

async function add(
  request: Request,
  response: Response,
  { lists, clock, audit }: Dependencies,
): Promise<void> {
  const list = listOf(request);
  const entry = validate(newListEntry[list], await readJson(request));
  const act = { action: 'list.add', target: list, details: entry } as const;
  const added = audit.during(actorOf(request, response), act, () =>
    lists.add(list, { ...entry, source: 'person' }, clock.now()),
  );
  sendOne(response, 201, added);
}

function remove(request: Request, response: Response, { lists, audit }: Dependencies): void {
  const [list, number] = [listOf(request), String(request.params.number)];
  const act = { action: 'list.remove', target: list, details: { number } } as const;
  const removed = audit.during(
    actorOf(request, response),
    (done: boolean) => (done ? act : undefined),
    () => lists.remove(list, number),
  );
  if (!removed) throw new ApiError('ENTRY_NOT_FOUND', `${number.slice(0, 64)} is not on the list "${list}".`);
  sendOne(response, 200, { number });
}

function listOf(request: Request): NumberList {
  const list = numberLists.find((name) => name === request.params.list);
  if (!list) throw new ApiError('NOT_FOUND', `There is no such list. Lists are ${numberLists.join(', ')}.`);
  return list;
}
