import type { IRouter, Request, Response } from 'express';
import { gatewaySettingsChange } from '../../contract/settings.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'settings' | 'audit'>;

/** `GET /settings` and `PATCH /settings`: what a person has set for the whole gateway. */
export function addSettingsRoutes(router: IRouter, dependencies: Dependencies): void {
  const { settings } = dependencies;
  addResource(router, '/settings', {
    GET: { scope: 'admin', handle: (_request, response) => sendOne(response, 200, settings.all()) },
    PATCH: { scope: 'admin', handle: (request, response) => change(request, response, dependencies) },
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
