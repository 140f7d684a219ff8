import type { IRouter } from 'express';
import { networkChange, network as networkSchema } from '../../contract/network.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { networkExample } from '../openapi/examples/network.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

const operations = {
  show: {
    id: 'getNetwork',
    tag: 'Administration',
    summary: 'Look at where the gateway listens, and who said so',
    answers: [one(networkSchema, networkExample)],
  },
  change: {
    id: 'changeNetwork',
    tag: 'Administration',
    summary: 'Change where the gateway listens',
    description:
      'What is named is changed, `null` takes it back to its default. SMPP and mail are listened for at the new place at ' +
      'once; address, port, HTTPS and further names hold from the next start on (`restart_needed`). What was said by a ' +
      'flag, a variable or the configuration file cannot be changed here.',
    body: { schema: networkChange, example: { smpp_port: 2775 } },
    answers: [one(networkSchema, networkExample)],
  },
} as const satisfies Record<string, Operation>;

/** `GET /network` and `PATCH /network`: where the gateway listens, for programs, people, SMPP clients and mail. */
export function addNetworkRoutes(
  router: IRouter,
  { network, audit }: Pick<ApiDependencies, 'network' | 'audit'>,
): void {
  addResource(router, '/network', {
    GET: {
      scope: 'admin',
      operation: operations.show,
      handle: (_request, response) => sendOne(response, 200, network.view()),
    },
    PATCH: {
      scope: 'admin',
      operation: operations.change,
      async handle(request, response) {
        const wanted = validate(networkChange, await readJson(request));
        const act = { action: 'network.change', details: wanted } as const;
        await network.change(wanted, (write) => audit.during(actorOf(request, response), act, write));
        sendOne(response, 200, network.view());
      },
    },
  });
}
