import type { IRouter } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

/** `GET /sims`: every SIM that was ever seen, whether it is in a modem now or not. */
export function addSimRoutes(router: IRouter, { sims }: Pick<ApiDependencies, 'sims'>): void {
  addResource(router, '/sims', {
    GET: {
      scope: 'sms:read',
      handle: (request, response) => sendPageOf(response, sims.views(), validate(pageQuery, request.query)),
    },
  });
}
