import type { IRouter, Request, Response } from 'express';
import type { z } from 'zod';
import { modem } from '../../contract/modem.ts';
import {
  atAnswer,
  atLog,
  atLogQuery,
  atRequest,
  pinRequest,
  ussdAnswer,
  ussdRequest,
} from '../../contract/modem-actions.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { atAnswerExample, atLogExample, modemExample, ussdAnswerExample } from '../openapi/examples/modem.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { principalOf, requireScope } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'modems' | 'panel' | 'audit'>;

const refusals = ['MODEM_NOT_FOUND', 'MODEM_UNAVAILABLE', 'MODEM_FAILED'] as const;
const operations = {
  log: {
    id: 'getModemLog',
    tag: 'Numbers',
    summary: 'What passed between gateway and modem',
    description: `Texts are left out; \`bodies=true\` shows them to who may administer. With \`after\` and
\`wait_seconds\` the answer waits for a line where there is none yet, so that a log can be followed.`,
    query: atLogQuery,
    answers: [one(atLog, atLogExample)],
    errors: ['MODEM_NOT_FOUND', 'MODEM_UNAVAILABLE'],
  },
  at: {
    id: 'runModemCommand',
    tag: 'Numbers',
    summary: 'Run an AT command',
    body: { schema: atRequest, example: { command: 'AT+CSQ' } },
    answers: [one(atAnswer, atAnswerExample)],
    errors: [...refusals, 'COMMAND_REFUSED'],
  },
  ussd: {
    id: 'talkUssd',
    tag: 'Numbers',
    summary: 'Dial a USSD code, or answer its question',
    body: { schema: ussdRequest, example: { code: '*100#' } },
    answers: [one(ussdAnswer, ussdAnswerExample)],
    errors: refusals,
  },
  pin: {
    id: 'changePin',
    tag: 'Numbers',
    summary: "Enter a SIM's PIN, change it or lift its lock",
    body: { schema: pinRequest, example: { action: 'enter', pin: '1234' } },
    answers: [one(modem, modemExample)],
    errors: [...refusals, 'PIN_REFUSED'],
  },
  reset: {
    id: 'resetModem',
    tag: 'Numbers',
    summary: 'Restart a modem',
    answers: [one(modem, { ...modemExample, state: 'recovering' })],
    errors: refusals,
  },
  disable: {
    id: 'disableModem',
    tag: 'Numbers',
    summary: 'Let a modem go, for other programs',
    answers: [one(modem, { ...modemExample, state: 'disabled' })],
    errors: refusals,
  },
  welcome: {
    id: 'welcomeModem',
    tag: 'Numbers',
    summary: 'Say that somebody has looked at a new modem',
    answers: [one(modem, modemExample)],
    errors: ['MODEM_NOT_FOUND', 'MODEM_UNAVAILABLE'],
  },
  enable: {
    id: 'enableModem',
    tag: 'Numbers',
    summary: 'Take a modem back',
    answers: [one(modem, { ...modemExample, state: 'opening' })],
    errors: refusals,
  },
} as const satisfies Record<string, Operation>;

/** `GET /modems/{id}/at-log`, and what an administrator does with a modem: each a POST of its own. */
export function addModemActionRoutes(
  router: IRouter,
  dependencies: Dependencies,
  stopping: AbortSignal,
): void {
  const { panel, audit } = dependencies;
  addResource(router, '/modems/:id/at-log', {
    GET: {
      scope: 'sms:read',
      operation: operations.log,
      async handle(request, response) {
        const query = validate(atLogQuery, request.query);
        if (query.bodies === 'true') requireScope(principalOf(response), 'admin');
        const gone = new AbortController();
        response.once('close', () => gone.abort());
        const ended = AbortSignal.any([stopping, gone.signal]);
        sendOne(response, 200, await panel.followLog(idOf(request), query, ended));
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
  addAction('welcome', (request) => after(idOf(request), panel.welcome(idOf(request))));
  addAction('enable', (request) => after(idOf(request), panel.enable(idOf(request))));

  /** Written down when it is asked for: what happens to a modem cannot be taken back with a transaction. */
  function addAction(name: ModemAction, act: Act): void {
    addResource(router, `/modems/:id/${name}`, {
      POST: {
        scope: 'admin',
        operation: operations[name],
        async handle(request: Request, response: Response) {
          audit.note(actorOf(request, response), { action: `modem.${name}`, target: idOf(request) });
          sendOne(response, 200, await act(request));
        },
      },
    });
  }

  /** The modem as it stands after something was done to it. */
  async function after(id: string, action: Promise<void> | void) {
    await action;
    const found = dependencies.modems.views().find((view) => view.id === id);
    if (!found) throw new ApiError('MODEM_NOT_FOUND', 'The modem has another id now, or was taken away.');
    return found;
  }
}

type Act = (request: Request) => Promise<unknown>;
type ModemAction = Exclude<keyof typeof operations, 'log'>;

function withBody<Schema extends z.ZodType>(
  schema: Schema,
  act: (id: string, body: z.output<Schema>) => Promise<unknown>,
): Act {
  return async (request) => act(idOf(request), validate(schema, await readJson(request)));
}

const idOf = (request: Request) => String(request.params.id);
