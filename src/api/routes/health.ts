import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { isLoopback } from '../loopback.ts';
import { healthExample, readyExample } from '../openapi/examples/health.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { identify } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';

type Dependencies = Pick<ApiDependencies, 'keys' | 'sessions' | 'notReady' | 'version'>;

const elsewhere = 'No key is needed on the machine itself; one is from anywhere else.';
const operations = {
  health: {
    id: 'getHealth',
    tag: 'Health',
    summary: 'Whether the gateway lives',
    description: elsewhere,
    answers: [one(z.object({ status: z.literal('ok'), version: z.string() }), healthExample)],
    errors: ['MISSING_API_KEY', 'INVALID_API_KEY'],
  },
  readiness: {
    id: 'getReadiness',
    tag: 'Health',
    summary: 'Whether the gateway can take texts',
    description: elsewhere,
    answers: [one(z.object({ status: z.literal('ready') }), readyExample)],
    errors: ['MISSING_API_KEY', 'INVALID_API_KEY'],
  },
} as const satisfies Record<string, Operation>;

/** `GET /healthz`: the process answers. `GET /readyz`: it can take texts. No key is needed on the machine itself. */
export function addHealthRoutes(router: IRouter, dependencies: Dependencies): void {
  const answer = (operation: Operation, handle: (response: Response) => void) => ({
    scope: undefined,
    operation,
    handle(request: Request, response: Response) {
      if (!isLoopback(request.socket.remoteAddress ?? '')) identify(request, dependencies);
      response.setHeader('Cache-Control', 'no-store');
      handle(response);
    },
  });
  addResource(router, '/healthz', {
    GET: answer(operations.health, (response) =>
      sendOne(response, 200, { status: 'ok', version: dependencies.version }),
    ),
  });
  addResource(router, '/readyz', {
    GET: answer(operations.readiness, (response) => {
      const why = dependencies.notReady?.();
      if (why !== undefined) throw new ApiError('NOT_READY', why);
      sendOne(response, 200, { status: 'ready' });
    }),
  });
}
