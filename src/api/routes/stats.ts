import type { IRouter, Request, Response } from 'express';
import { formatTimestamp } from '../../contract/message.ts';
import { type Stats, statsQuery, statsRange, stats as statsSchema } from '../../contract/stats.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { statsExample } from '../openapi/examples/stats.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate, validationError } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'stats' | 'clock'>;

const operation: Operation = {
  id: 'getStats',
  tag: 'Messages',
  summary: 'Count texts by hour or day, number and status',
  query: statsQuery,
  answers: [one(statsSchema, statsExample)],
};

/** `GET /stats`: how many texts there were, for charts. */
export function addStatsRoute(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/stats', {
    GET: {
      scope: 'sms:read',
      operation,
      handle: (request, response) => show(request, response, dependencies),
    },
  });
}

async function show(request: Request, response: Response, { stats, clock }: Dependencies): Promise<void> {
  const query = validate(statsQuery, request.query);
  const range = statsRange(query, clock.now());
  if ('fault' in range) throw validationError(range.fault);
  const counts = await stats.counts(range);
  const answer: Stats = {
    from: formatTimestamp(range.from),
    to: formatTimestamp(range.to),
    step: query.step,
    counts,
  };
  sendOne(response, 200, answer);
}
