import type { IRouter } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import { ownNumber } from '../../contract/modem.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { ownNumberExample } from '../openapi/examples/modem.ts';
import { type Operation, page } from '../openapi/operation.ts';
import { sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

const list: Operation = {
  id: 'listNumbers',
  tag: 'Numbers',
  summary: 'List the numbers that texts can be sent from',
  query: pageQuery,
  answers: [page(ownNumber, ownNumberExample)],
};

/** `GET /numbers`: what `from` of a text to be sent can be. */
export function addNumberRoutes(router: IRouter, { numbers }: Pick<ApiDependencies, 'numbers'>): void {
  addResource(router, '/numbers', {
    GET: {
      scope: 'sms:read',
      operation: list,
      handle: (request, response) =>
        sendPageOf(response, numbers.views(), validate(pageQuery, request.query)),
    },
  });
}
