import type { IRouter } from 'express';
import { healthQuery, healthRange, healthSeries } from '../../contract/health.ts';
import { pageQuery } from '../../contract/message-query.ts';
import { modem } from '../../contract/modem.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { healthSeriesExample, modemExample } from '../openapi/examples/modem.ts';
import { type Operation, one, page } from '../openapi/operation.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate, validationError } from '../validation.ts';

const operations = {
  list: {
    id: 'listModems',
    tag: 'Numbers',
    summary: 'List the modems',
    query: pageQuery,
    answers: [page(modem, modemExample)],
  },
  show: {
    id: 'getModem',
    tag: 'Numbers',
    summary: 'Look at a modem',
    answers: [one(modem, modemExample)],
    errors: ['MODEM_NOT_FOUND'],
  },
  health: {
    id: 'getModemHealth',
    tag: 'Numbers',
    summary: 'How a modem fared',
    description: 'A series of points: a row a minute is kept for a week, a row an hour for a year.',
    query: healthQuery,
    answers: [one(healthSeries, healthSeriesExample)],
    errors: ['MODEM_NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;

/** `GET /modems`, `/modems/{id}` and its health; the id is a modem's IMEI, or its port while that is unknown. */
export function addModemRoutes(
  router: IRouter,
  { modems, history, clock }: Pick<ApiDependencies, 'modems' | 'history' | 'clock'>,
): void {
  addResource(router, '/modems', {
    GET: {
      scope: 'sms:read',
      operation: operations.list,
      handle: (request, response) => sendPageOf(response, modems.views(), validate(pageQuery, request.query)),
    },
  });
  addResource(router, '/modems/:id', {
    GET: {
      scope: 'sms:read',
      operation: operations.show,
      handle(request, response) {
        const found = modems.views().find(({ id }) => id === request.params.id);
        if (!found) throw noModem();
        sendOne(response, 200, found);
      },
    },
  });
  addResource(router, '/modems/:id/health', {
    GET: {
      scope: 'sms:read',
      operation: operations.health,
      async handle(request, response) {
        const id = String(request.params.id);
        const range = healthRange(validate(healthQuery, request.query), clock.now());
        if ('fault' in range) throw validationError({ ...range.fault });
        if (!modems.views().some((view) => view.id === id) && !history.knows(id)) throw noModem();
        sendOne(response, 200, await history.series(id, range, clock.now()));
      },
    },
  });
}

function noModem(): ApiError {
  return new ApiError('MODEM_NOT_FOUND', 'There is no modem with this id.');
}
