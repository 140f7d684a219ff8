import type { IRouter, Request, Response } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import { type SimView, simChange, sim as simSchema } from '../../contract/sim.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { simExample } from '../openapi/examples/sim.ts';
import { type Operation, one, page } from '../openapi/operation.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'sims' | 'simControl' | 'audit'>;

const operations = {
  list: {
    id: 'listSims',
    tag: 'Numbers',
    summary: 'List the SIMs that were ever seen',
    query: pageQuery,
    answers: [page(simSchema, simExample)],
  },
  show: {
    id: 'getSim',
    tag: 'Numbers',
    summary: 'Look at a SIM and its settings',
    answers: [one(simSchema, simExample)],
    errors: ['SIM_NOT_FOUND'],
  },
  change: {
    id: 'changeSim',
    tag: 'Numbers',
    summary: 'Set number, label, PIN, limits and more of a SIM',
    description: 'What is named is changed, all else stays.',
    body: { schema: simChange, example: { label: 'Front desk', limits: { per_day: 200 } } },
    answers: [one(simSchema, simExample)],
    errors: ['SIM_NOT_FOUND', 'NUMBER_TAKEN'],
  },
  pause: {
    id: 'pauseSim',
    tag: 'Numbers',
    summary: 'Let nothing leave from a SIM; what waits keeps waiting',
    answers: [one(simSchema, { ...simExample, paused: true })],
    errors: ['SIM_NOT_FOUND'],
  },
  resume: {
    id: 'resumeSim',
    tag: 'Numbers',
    summary: 'Let a SIM send again',
    answers: [one(simSchema, simExample)],
    errors: ['SIM_NOT_FOUND'],
  },
  forget: {
    id: 'forgetSim',
    tag: 'Numbers',
    summary: 'Forget a SIM that is gone for good',
    description: 'Its number is free, its PIN is gone; what was sent and received with it stays.',
    answers: [
      one(simSchema, { ...simExample, online: false, modem_id: null }, { description: 'The SIM as it was.' }),
    ],
    errors: ['SIM_NOT_FOUND', 'IN_USE'],
  },
} as const satisfies Record<string, Operation>;

/** `/sims`: every SIM that was ever seen, whether it is in a modem now or not, and what a person sets for it. */
export function addSimRoutes(router: IRouter, dependencies: Dependencies): void {
  const { sims, simControl, audit } = dependencies;
  addResource(router, '/sims', {
    GET: {
      scope: 'sms:read',
      operation: operations.list,
      handle: (request, response) => sendPageOf(response, sims.views(), validate(pageQuery, request.query)),
    },
  });
  addResource(router, '/sims/:iccid', {
    GET: {
      scope: 'sms:read',
      operation: operations.show,
      handle: (request, response) => sendOne(response, 200, simOf(request, dependencies)),
    },
    PATCH: {
      scope: 'admin',
      operation: operations.change,
      handle: (request, response) => change(request, response, dependencies),
    },
    DELETE: {
      scope: 'admin',
      operation: operations.forget,
      handle(request, response) {
        const sim = simOf(request, dependencies);
        const act = { action: 'sim.forget', target: idOf(request) } as const;
        audit.during(actorOf(request, response), act, () => simControl.forget(idOf(request), sim));
        sendOne(response, 200, sim);
      },
    },
  });
  for (const [name, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    addResource(router, `/sims/:iccid/${name}`, {
      POST: {
        scope: 'admin',
        operation: operations[name],
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
