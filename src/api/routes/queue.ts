import type { IRouter } from 'express';
import { type QueueState, queueState } from '../../contract/queue.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';

type Dependencies = Pick<ApiDependencies, 'queue' | 'audit'>;

const nothing: QueueState = { held: null, clock: null };
const held: QueueState = {
  held: {
    since: '2026-06-08T13:30:06Z',
    waiting: 3,
    message:
      'A backup was restored. 3 texts had not come to an end when it was made, and may have been sent since. Nothing leaves until you release or discard what waited.',
  },
  clock: null,
};

const operation = (id: string, summary: string, example: QueueState = nothing): Operation => ({
  id,
  tag: 'Administration',
  summary,
  answers: [one(queueState, example)],
});

/** What a person may decide, by the last word of the path. */
const decisions = [
  ['release', 'releaseQueue', 'Let the texts of a restored backup leave', 'release'],
  ['discard', 'discardQueue', 'Fail the texts of a restored backup', 'discard'],
  ['believe-clock', 'believeClock', 'Say that the clock of the machine is right', 'believeClock'],
] as const;

/** `/queue`: what keeps all texts from leaving or ageing until a person has decided. */
export function addQueueRoutes(router: IRouter, { queue, audit }: Dependencies): void {
  addResource(router, '/queue', {
    GET: {
      scope: 'admin',
      operation: operation('getQueue', 'What a person must decide about the queue', held),
      handle: (_request, response) => sendOne(response, 200, queue.state()),
    },
  });
  for (const [word, id, summary, method] of decisions) {
    addResource(router, `/queue/${word}`, {
      POST: {
        scope: 'admin',
        operation: operation(id, summary),
        handle: async (request, response) => {
          const actor = actorOf(request, response);
          await queue[method]((work) => audit.during(actor, { action: `queue.${word}` }, work));
          sendOne(response, 200, queue.state());
        },
      },
    });
  }
}
