import type { IRouter } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

/** `GET /numbers`: what `from` of a text to be sent can be. */
export function addNumberRoutes(router: IRouter, { numbers }: Pick<ApiDependencies, 'numbers'>): void {
  addResource(router, '/numbers', {
    GET: {
      scope: 'sms:read',
      handle: (request, response) =>
        sendPageOf(response, numbers.views(), validate(pageQuery, request.query)),
    },
  });
}
