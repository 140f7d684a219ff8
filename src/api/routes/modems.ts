import type { IRouter } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

/** `GET /modems` and `GET /modems/{id}`; the id is a modem's IMEI, or its port while that is unknown. */
export function addModemRoutes(router: IRouter, { modems }: Pick<ApiDependencies, 'modems'>): void {
  addResource(router, '/modems', {
    GET: {
      scope: 'sms:read',
      handle: (request, response) => sendPageOf(response, modems.views(), validate(pageQuery, request.query)),
    },
  });
  addResource(router, '/modems/:id', {
    GET: {
      scope: 'sms:read',
      handle(request, response) {
        const modem = modems.views().find(({ id }) => id === request.params.id);
        if (!modem) throw new ApiError('NOT_FOUND', 'There is no modem with this id.');
        sendOne(response, 200, modem);
      },
    },
  });
}
