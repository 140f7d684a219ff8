import type { IRouter, Request, Response } from 'express';
import { formatTimestamp } from '../../contract/message.ts';
import { pageQuery } from '../../contract/message-query.ts';
import { type UnmatchedReport, unmatchedReport } from '../../contract/report.ts';
import { interpretStatus } from '../../gsm/pdu/index.ts';
import type { UnmatchedReportRow } from '../../store/report-store.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { unmatchedReportExample } from '../openapi/examples/story.ts';
import { type Operation, page } from '../openapi/operation.ts';
import { sendPage } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'reports'>;

const operation: Operation = {
  id: 'listUnmatchedReports',
  tag: 'Messages',
  summary: 'List delivery reports that belong to no text',
  query: pageQuery,
  answers: [page(unmatchedReport, unmatchedReportExample)],
};

/** `GET /reports/unmatched`: delivery reports that no text of this gateway was found for, newest first. */
export function addReportRoutes(router: IRouter, { reports }: Dependencies): void {
  addResource(router, '/reports/unmatched', {
    GET: { scope: 'sms:read', operation, handle: (request, response) => list(request, response, reports) },
  });
}

function list(request: Request, response: Response, reports: Dependencies['reports']): void {
  const query = validate(pageQuery, request.query);
  const { rows, total } = reports.unmatchedPage(query.per_page, (query.page - 1) * query.per_page);
  sendPage(response, rows.map(toReport), total, query);
}

function toReport(row: UnmatchedReportRow): UnmatchedReport {
  const { service_centre_at: centreAt, discharged_at: dischargedAt, received_at: receivedAt, ...rest } = row;
  const told = row.status === null ? undefined : interpretStatus(row.status);
  return {
    ...rest,
    state: told?.state ?? null,
    meaning: told?.meaning ?? null,
    service_centre_at: timeOrNull(centreAt),
    discharged_at: timeOrNull(dischargedAt),
    received_at: formatTimestamp(receivedAt),
  };
}

function timeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : formatTimestamp(epochMs);
}
