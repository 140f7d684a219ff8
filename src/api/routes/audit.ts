import type { IRouter } from 'express';
import { auditEntry, auditQuery } from '../../contract/audit.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { auditEntryExample } from '../openapi/examples/key.ts';
import { type Operation, page } from '../openapi/operation.ts';
import { sendPage } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

const operation: Operation = {
  id: 'listAudit',
  tag: 'Administration',
  summary: 'Who changed what, newest first',
  query: auditQuery,
  answers: [page(auditEntry, auditEntryExample)],
};

/** `GET /audit`: who changed what, newest first. */
export function addAuditRoutes(router: IRouter, { audit }: Pick<ApiDependencies, 'audit'>): void {
  addResource(router, '/audit', {
    GET: {
      scope: 'admin',
      operation,
      handle(request, response) {
        const query = validate(auditQuery, request.query);
        const { data, total } = audit.page(query);
        sendPage(response, data, total, query);
      },
    },
  });
}
