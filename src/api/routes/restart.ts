import type { IRouter } from 'express';
import { restart as restartSchema } from '../../contract/backup.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';

/** The answer is to arrive before the connection is cut. */
const lastWordMs = 500;

const operation: Operation = {
  id: 'restartGateway',
  tag: 'Administration',
  summary: 'Stop the gateway in order and start it again',
  description:
    'What is being handed to a modem is brought to its end before. `restarting` is false where the gateway cannot ' +
    'start itself anew: whoever started it must do that.',
  answers: [one(restartSchema, { restarting: true }, { status: 202, description: 'It was told.' })],
};

/** `POST /restart`: stops the gateway in order and starts it again. */
export function addRestartRoute(
  router: IRouter,
  { restart, audit, clock }: Pick<ApiDependencies, 'restart' | 'audit' | 'clock'>,
): void {
  addResource(router, '/restart', {
    POST: {
      scope: 'admin',
      operation,
      handle(request, response) {
        if (restart) {
          audit.note(actorOf(request, response), { action: 'gateway.restart' });
          clock.after(lastWordMs, restart);
        }
        sendOne(response, 202, { restarting: restart !== undefined });
      },
    },
  });
}
