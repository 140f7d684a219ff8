import type { IRouter } from 'express';
import { emulation, newEmulation } from '../../contract/emulation.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { emulationExample } from '../openapi/examples/emulation.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

const operations = {
  show: {
    id: 'getEmulation',
    tag: 'Numbers',
    summary: 'Whether modems are emulated, and which numbers answer there',
    answers: [one(emulation, emulationExample)],
  },
  start: {
    id: 'startEmulation',
    tag: 'Numbers',
    summary: 'Plug emulated modems in, to try things out',
    description: 'They can text each other and the phones listed. They are there again after a restart.',
    body: { schema: newEmulation, example: { modems: 2 } },
    answers: [one(emulation, emulationExample, { status: 201, description: 'They are plugged in.' })],
    errors: ['IN_USE'],
  },
  stop: {
    id: 'stopEmulation',
    tag: 'Numbers',
    summary: 'Take the emulated modems and their SIMs away',
    description: 'What was sent and received stays in the log.',
    answers: [one(emulation, { modems: 0, phones: [] })],
  },
} as const satisfies Record<string, Operation>;

/** `/emulation`: the modems that are not there. */
export function addEmulationRoutes(
  router: IRouter,
  { emulation: desk, audit }: Pick<ApiDependencies, 'emulation' | 'audit'>,
): void {
  addResource(router, '/emulation', {
    GET: {
      scope: 'sms:read',
      operation: operations.show,
      handle: (_request, response) => sendOne(response, 200, desk.view()),
    },
    POST: {
      scope: 'admin',
      operation: operations.start,
      async handle(request, response) {
        const { modems } = validate(newEmulation, await readJson(request));
        audit.note(actorOf(request, response), { action: 'emulation.start', details: { modems } });
        sendOne(response, 201, desk.start(modems));
      },
    },
    DELETE: {
      scope: 'admin',
      operation: operations.stop,
      async handle(request, response) {
        audit.note(actorOf(request, response), { action: 'emulation.stop' });
        sendOne(response, 200, await desk.stop());
      },
    },
  });
}
