import type { IRouter } from 'express';
import { pageQuery } from '../../contract/message-query.ts';
import { port } from '../../contract/port.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { portExample } from '../openapi/examples/modem.ts';
import { type Operation, page } from '../openapi/operation.ts';
import { sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

const list: Operation = {
  id: 'listPorts',
  tag: 'Numbers',
  summary: 'List the serial ports that are plugged in, and who holds them',
  description: 'Nothing is opened for it.',
  query: pageQuery,
  answers: [page(port, portExample)],
};

/** `GET /ports`: what was seen on this machine, whether a modem is behind it or not. */
export function addPortRoutes(router: IRouter, { ports }: Pick<ApiDependencies, 'ports'>): void {
  addResource(router, '/ports', {
    GET: {
      scope: 'admin',
      operation: list,
      async handle(request, response) {
        const query = validate(pageQuery, request.query);
        sendPageOf(response, await ports(), query);
      },
    },
  });
}
