import type { IRouter, Request, Response } from 'express';
import { gatewaySettingsChange } from '../../contract/settings.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

/** `GET /settings` and `PATCH /settings`: what a person has set for the whole gateway. */
export function addSettingsRoutes(router: IRouter, { settings }: Pick<ApiDependencies, 'settings'>): void {
  addResource(router, '/settings', {
    GET: { scope: 'admin', handle: (_request, response) => sendOne(response, 200, settings.all()) },
    PATCH: { scope: 'admin', handle: (request, response) => change(request, response, settings) },
  });
}

async function change(
  request: Request,
  response: Response,
  settings: ApiDependencies['settings'],
): Promise<void> {
  settings.change(validate(gatewaySettingsChange, await readJson(request)));
  sendOne(response, 200, settings.all());
}
