import type { IRouter, Request, Response } from 'express';
import { defaultGatewaySettings, gatewaySettings, gatewaySettingsChange } from '../../contract/settings.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'settings' | 'audit'>;

const operations = {
  show: {
    id: 'getSettings',
    tag: 'Administration',
    summary: 'Look at the settings of the whole gateway',
    answers: [one(gatewaySettings, defaultGatewaySettings)],
  },
  change: {
    id: 'changeSettings',
    tag: 'Administration',
    summary: 'Change settings of the whole gateway',
    description: 'What is named is changed, all else stays.',
    body: { schema: gatewaySettingsChange, example: { sending_paused: true } },
    answers: [one(gatewaySettings, { ...defaultGatewaySettings, sending_paused: true })],
  },
} as const satisfies Record<string, Operation>;

/** `GET /settings` and `PATCH /settings`: what a person has set for the whole gateway. */
export function addSettingsRoutes(router: IRouter, dependencies: Dependencies): void {
  const { settings } = dependencies;
  addResource(router, '/settings', {
    GET: {
      scope: 'admin',
      operation: operations.show,
      handle: (_request, response) => sendOne(response, 200, settings.all()),
    },
    PATCH: {
      scope: 'admin',
      operation: operations.change,
      handle: (request, response) => change(request, response, dependencies),
    },
  });
}

async function change(
  request: Request,
  response: Response,
  { settings, audit }: Dependencies,
): Promise<void> {
  const wanted = validate(gatewaySettingsChange, await readJson(request));
  const act = { action: 'settings.change', details: wanted } as const;
  audit.during(actorOf(request, response), act, () => settings.change(wanted));
  sendOne(response, 200, settings.all());
}
