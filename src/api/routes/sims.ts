import type { IRouter, Request, Response } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import { type SimView, simChange } from '../../contract/sim.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'sims' | 'simControl'>;

/** `/sims`: every SIM that was ever seen, whether it is in a modem now or not, and what a person sets for it. */
export function addSimRoutes(router: IRouter, dependencies: Dependencies): void {
  const { sims, simControl } = dependencies;
  addResource(router, '/sims', {
    GET: {
      scope: 'sms:read',
      handle: (request, response) => sendPageOf(response, sims.views(), validate(pageQuery, request.query)),
    },
  });
  addResource(router, '/sims/:iccid', {
    GET: {
      scope: 'sms:read',
      handle: (request, response) => sendOne(response, 200, simOf(request, dependencies)),
    },
    PATCH: { scope: 'admin', handle: (request, response) => change(request, response, dependencies) },
  });
  for (const [name, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    addResource(router, `/sims/:iccid/${name}`, {
      POST: {
        scope: 'admin',
        handle: (request, response) => {
          simControl.pause(idOf(request), paused);
          sendOne(response, 200, simOf(request, dependencies));
        },
      },
    });
  }
}

async function change(request: Request, response: Response, dependencies: Dependencies): Promise<void> {
  simOf(request, dependencies);
  dependencies.simControl.change(idOf(request), validate(simChange, await readJson(request)));
  sendOne(response, 200, simOf(request, dependencies));
}

function simOf(request: Request, { sims }: Dependencies): SimView {
  const id = idOf(request);
  const sim = sims.views().find(({ iccid, imsi }) => iccid === id || imsi === id);
  if (!sim) throw new ApiError('SIM_NOT_FOUND', 'There is no SIM with this ICCID.');
  return sim;
}

function idOf(request: Request): string {
  return String(request.params.iccid);
}
