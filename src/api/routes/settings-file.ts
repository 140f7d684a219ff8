import type { IRouter, Request, Response } from 'express';
import {
  exportRequest,
  importRequest,
  settingsFile,
  settingsImportQuery,
  settingsImportReport,
} from '../../contract/settings-file.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { batchBodyLimitBytes, readJson } from '../json-body.ts';
import { settingsFileExample, settingsImportExample } from '../openapi/examples/settings-file.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'exchange' | 'audit'>;

const operations = {
  export: {
    id: 'exportSettings',
    tag: 'Administration',
    summary: 'All that an administrator has set, as one document',
    description:
      'Settings of the gateway and of the SIMs, where it listens, lists and webhooks; no message. PINs, the password of ' +
      'the mail server and the secrets of webhooks are in it only with a passphrase, sealed under that (scrypt, ' +
      'AES-256-GCM). API keys and passwords of people never are.',
    body: { schema: exportRequest, example: {} },
    answers: [one(settingsFile, settingsFileExample)],
  },
  import: {
    id: 'importSettings',
    tag: 'Administration',
    summary: 'Set what a document of settings says, or see what that would change',
    description:
      'What is named there is added or changed, in one transaction; nothing is taken away. With `dry_run=true` nothing is ' +
      'changed and the same is told.',
    query: settingsImportQuery,
    body: { schema: importRequest, example: { file: settingsFileExample } },
    answers: [one(settingsImportReport, settingsImportExample)],
  },
} as const satisfies Record<string, Operation>;

/** `POST /settings/export` and `POST /settings/import`: all that is set, from one gateway to another, or back. */
export function addSettingsFileRoutes(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/settings/export', {
    POST: {
      scope: 'admin',
      operation: operations.export,
      handle: (request, response) => exportAll(request, response, dependencies),
    },
  });
  addResource(router, '/settings/import', {
    POST: {
      scope: 'admin',
      operation: operations.import,
      handle: (request, response) => importAll(request, response, dependencies),
    },
  });
}

async function exportAll(
  request: Request,
  response: Response,
  { exchange, audit }: Dependencies,
): Promise<void> {
  const { passphrase } = validate(exportRequest, await readJson(request));
  const file = await exchange.export(passphrase);
  const details = { with_secrets: passphrase !== undefined };
  audit.note(actorOf(request, response), { action: 'settings.export', details });
  sendOne(response, 200, file);
}

async function importAll(
  request: Request,
  response: Response,
  { exchange, audit }: Dependencies,
): Promise<void> {
  const query = validate(settingsImportQuery, request.query);
  const { file, passphrase } = validate(importRequest, await readJson(request, batchBodyLimitBytes));
  const actor = actorOf(request, response);
  const details = {
    exported_at: file.exported_at,
    with_secrets: file.secrets !== null && passphrase !== undefined,
  };
  const report = await exchange.import(file, passphrase, query.dry_run === 'true', (write) =>
    audit.during(actor, { action: 'settings.import', details }, write),
  );
  sendOne(response, 200, report);
}
