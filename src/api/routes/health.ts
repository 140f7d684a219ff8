import type { IRouter, Request, Response } from 'express';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { isLoopback } from '../loopback.ts';
import { identify } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';

type Dependencies = Pick<ApiDependencies, 'keys' | 'sessions' | 'notReady' | 'version'>;

/** `GET /healthz`: the process answers. `GET /readyz`: it can take texts. No key is needed on the machine itself. */
export function addHealthRoutes(router: IRouter, dependencies: Dependencies): void {
  const answer = (handle: (response: Response) => void) => ({
    scope: undefined,
    handle(request: Request, response: Response) {
      if (!isLoopback(request.socket.remoteAddress ?? '')) identify(request, dependencies);
      response.setHeader('Cache-Control', 'no-store');
      handle(response);
    },
  });
  addResource(router, '/healthz', {
    GET: answer((response) => sendOne(response, 200, { status: 'ok', version: dependencies.version })),
  });
  addResource(router, '/readyz', {
    GET: answer((response) => {
      const why = dependencies.notReady?.();
      if (why !== undefined) throw new ApiError('NOT_READY', why);
      sendOne(response, 200, { status: 'ready' });
    }),
  });
}
