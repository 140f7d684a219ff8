import type { IRouter, Request, Response } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import { type SimView, simChange } from '../../contract/sim.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'sims' | 'simControl' | 'audit'>;

/** `/sims`: every SIM that was ever seen, whether it is in a modem now or not, and what a person sets for it. */
export function addSimRoutes(router: IRouter, dependencies: Dependencies): void {
  const { sims, simControl, audit } = dependencies;
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
          const id = idOf(request);
          const act = { action: `sim.${name}`, target: id } as const;
          audit.during(actorOf(request, response), act, () => simControl.pause(id, paused));
          sendOne(response, 200, simOf(request, dependencies));
        },
      },
    });
  }
}

async function change(request: Request, response: Response, dependencies: Dependencies): Promise<void> {
  simOf(request, dependencies);
  const id = idOf(request);
  const wanted = validate(simChange, await readJson(request));
  const details = { ...wanted, ...(wanted.pin ? { pin: '(not shown)' } : {}) };
  const act = { action: 'sim.change', target: id, details } as const;
  dependencies.audit.during(actorOf(request, response), act, () =>
    dependencies.simControl.change(id, wanted),
  );
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
