import type { IRouter } from 'express';
import { healthQuery, healthRange } from '../../contract/health.ts';
import { pageQuery } from '../../contract/message-query.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate, validationError } from '../validation.ts';

/** `GET /modems`, `/modems/{id}` and its health; the id is a modem's IMEI, or its port while that is unknown. */
export function addModemRoutes(
  router: IRouter,
  { modems, history, clock }: Pick<ApiDependencies, 'modems' | 'history' | 'clock'>,
): void {
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
        if (!modem) throw noModem();
        sendOne(response, 200, modem);
      },
    },
  });
  addResource(router, '/modems/:id/health', {
    GET: {
      scope: 'sms:read',
      async handle(request, response) {
        const id = String(request.params.id);
        const range = healthRange(validate(healthQuery, request.query), clock.now());
        if ('fault' in range) throw validationError({ ...range.fault });
        if (!modems.views().some((modem) => modem.id === id) && !history.knows(id)) throw noModem();
        sendOne(response, 200, await history.series(id, range, clock.now()));
      },
    },
  });
}

function noModem(): ApiError {
  return new ApiError('MODEM_NOT_FOUND', 'There is no modem with this id.');
}
