import type { IRouter } from 'express';
import { auditQuery } from '../../contract/audit.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { sendPage } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

/** `GET /audit`: who changed what, newest first. */
export function addAuditRoutes(router: IRouter, { audit }: Pick<ApiDependencies, 'audit'>): void {
  addResource(router, '/audit', {
    GET: {
      scope: 'admin',
      handle(request, response) {
        const query = validate(auditQuery, request.query);
        const { data, total } = audit.page(query);
        sendPage(response, data, total, query);
      },
    },
  });
}
