import type { IRouter, Request, Response } from 'express';
import type { z } from 'zod';
import { atLogQuery, atRequest, pinRequest, ussdRequest } from '../../contract/modem-actions.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { principalOf, requireScope } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'modems' | 'panel' | 'audit'>;

/** `GET /modems/{id}/at-log`, and what an administrator does with a modem: each a POST of its own. */
export function addModemActionRoutes(router: IRouter, dependencies: Dependencies): void {
  const { panel, audit } = dependencies;
  addResource(router, '/modems/:id/at-log', {
    GET: {
      scope: 'sms:read',
      handle(request, response) {
        const query = validate(atLogQuery, request.query);
        if (query.bodies === 'true') requireScope(principalOf(response), 'admin');
        sendOne(response, 200, panel.log(idOf(request), query));
      },
    },
  });
  addAction(
    'at',
    withBody(atRequest, (id, body) => panel.type(id, body)),
  );
  addAction(
    'ussd',
    withBody(ussdRequest, (id, body) => panel.ussd(id, body)),
  );
  addAction(
    'pin',
    withBody(pinRequest, (id, body) => after(id, panel.pin(id, body))),
  );
  addAction('reset', (request) => after(idOf(request), panel.reset(idOf(request))));
  addAction('disable', (request) => after(idOf(request), panel.disable(idOf(request))));
  addAction('enable', (request) => after(idOf(request), panel.enable(idOf(request))));

  /** Written down when it is asked for: what happens to a modem cannot be taken back with a transaction. */
  function addAction(name: ModemAction, act: Act): void {
    addResource(router, `/modems/:id/${name}`, {
      POST: {
        scope: 'admin',
        async handle(request: Request, response: Response) {
          audit.note(actorOf(request, response), { action: `modem.${name}`, target: idOf(request) });
          sendOne(response, 200, await act(request));
        },
      },
    });
  }

  /** The modem as it stands after something was done to it. */
  async function after(id: string, action: Promise<void>) {
    await action;
    const modem = dependencies.modems.views().find((view) => view.id === id);
    if (!modem) throw new ApiError('MODEM_NOT_FOUND', 'The modem has another id now, or was taken away.');
    return modem;
  }
}

type Act = (request: Request) => Promise<unknown>;
type ModemAction = 'at' | 'ussd' | 'pin' | 'reset' | 'disable' | 'enable';

function withBody<Schema extends z.ZodType>(
  schema: Schema,
  act: (id: string, body: z.output<Schema>) => Promise<unknown>,
): Act {
  return async (request) => act(idOf(request), validate(schema, await readJson(request)));
}

const idOf = (request: Request) => String(request.params.id);
