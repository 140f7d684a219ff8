import type { IRouter, Request } from 'express';
import { healthQuery, healthRange, healthSeries } from '../../contract/health.ts';
import { pageQuery } from '../../contract/message-query.ts';
import { type ModemView, modem, modemChange } from '../../contract/modem.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
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
  change: {
    id: 'changeModem',
    tag: 'Numbers',
    summary: 'Set how codes are written for a modem',
    description: 'What is named is changed, all else stays. It holds from the next code on.',
    body: { schema: modemChange, example: { ussd_way: 'packed' } },
    answers: [one(modem, { ...modemExample, ussd_way: 'packed' })],
    errors: ['MODEM_NOT_FOUND', 'MODEM_UNAVAILABLE'],
  },
  forget: {
    id: 'forgetModem',
    tag: 'Numbers',
    summary: 'Forget a modem that is gone for good',
    description: 'Its SIM, and what was sent and received with it, stay.',
    answers: [one(modem, { ...modemExample, state: 'absent' }, { description: 'The modem as it was.' })],
    errors: ['MODEM_NOT_FOUND', 'MODEM_UNAVAILABLE', 'IN_USE'],
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
  {
    modems,
    history,
    clock,
    panel,
    audit,
  }: Pick<ApiDependencies, 'modems' | 'history' | 'clock' | 'panel' | 'audit'>,
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
        sendOne(response, 200, viewOf(request));
      },
    },
    PATCH: {
      scope: 'admin',
      operation: operations.change,
      async handle(request, response) {
        const { id } = viewOf(request);
        const wanted = validate(modemChange, await readJson(request));
        const act = { action: 'modem.change', target: id, details: wanted } as const;
        audit.during(actorOf(request, response), act, () => panel.change(id, wanted));
        sendOne(response, 200, viewOf(request));
      },
    },
    DELETE: {
      scope: 'admin',
      operation: operations.forget,
      async handle(request, response) {
        const before = viewOf(request);
        await panel.forget(before.id);
        audit.note(actorOf(request, response), { action: 'modem.forget', target: before.id });
        sendOne(response, 200, before);
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

  function viewOf(request: Request): ModemView {
    const found = modems.views().find(({ id }) => id === request.params.id);
    if (!found) throw noModem();
    return found;
  }
}

function noModem(): ApiError {
  return new ApiError('MODEM_NOT_FOUND', 'There is no modem with this id.');
}
