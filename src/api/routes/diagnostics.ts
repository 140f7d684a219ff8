import type { IRouter } from 'express';
import {
  databaseCheck,
  diagnosticsBundle,
  diagnostics as diagnosticsSchema,
} from '../../contract/diagnostics.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { diagnosticsBundleExample, diagnosticsExample } from '../openapi/examples/diagnostics.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';

const operations = {
  show: {
    id: 'getDiagnostics',
    tag: 'Administration',
    summary: 'Version, places, sizes and free space',
    answers: [one(diagnosticsSchema, diagnosticsExample)],
  },
  check: {
    id: 'checkDatabase',
    tag: 'Administration',
    summary: 'Read the whole database and say whether it is sound',
    description: 'A large one takes minutes; the gateway serves meanwhile.',
    answers: [one(databaseCheck, { sound: true, finding: null, took_ms: 840 })],
  },
  bundle: {
    id: 'getDiagnosticsBundle',
    tag: 'Administration',
    summary: 'What helps whoever helps you',
    description:
      'Diagnostics, settings, modems and the last lines of the log. No text, PIN, password or key is in it; of numbers ' +
      'only the last three digits.',
    answers: [one(diagnosticsBundle, diagnosticsBundleExample)],
  },
} as const satisfies Record<string, Operation>;

/** `/diagnostics`: how the gateway and what it stands on are. */
export function addDiagnosticsRoutes(
  router: IRouter,
  { diagnostics, audit }: Pick<ApiDependencies, 'diagnostics' | 'audit'>,
): void {
  addResource(router, '/diagnostics', {
    GET: {
      scope: 'admin',
      operation: operations.show,
      handle: async (_request, response) => sendOne(response, 200, await diagnostics.view()),
    },
  });
  addResource(router, '/diagnostics/check', {
    POST: {
      scope: 'admin',
      operation: operations.check,
      handle: async (_request, response) => sendOne(response, 200, await diagnostics.check()),
    },
  });
  addResource(router, '/diagnostics/bundle', {
    GET: {
      scope: 'admin',
      operation: operations.bundle,
      async handle(request, response) {
        const bundle = await diagnostics.bundle();
        audit.note(actorOf(request, response), { action: 'diagnostics.download' });
        sendOne(response, 200, bundle);
      },
    },
  });
}
