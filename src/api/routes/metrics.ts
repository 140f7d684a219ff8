import type { IRouter } from 'express';
import type { ApiDependencies } from '../dependencies.ts';
import { isLoopback } from '../loopback.ts';
import { type Operation, text } from '../openapi/operation.ts';
import { identify, requireScope } from '../principal.ts';
import { addResource } from '../resource.ts';

const operation: Operation = {
  id: 'getMetrics',
  tag: 'Health',
  summary: 'What monitoring wants to know, in the text format of Prometheus',
  description: 'No key is needed on the machine itself; one with the scope `sms:read` is from anywhere else.',
  answers: [
    text('text/plain', '# TYPE postern_queue_depth gauge\npostern_queue_depth{number="+14155552671"} 3\n'),
  ],
  errors: ['MISSING_API_KEY', 'INVALID_API_KEY'],
};

/** `GET /metrics`, where somebody counts. */
export function addMetricsRoute(
  router: IRouter,
  dependencies: Pick<ApiDependencies, 'keys' | 'sessions' | 'metrics'>,
): void {
  const { metrics } = dependencies;
  if (!metrics) return;
  addResource(router, '/metrics', {
    GET: {
      scope: undefined,
      operation,
      async handle(request, response) {
        if (!isLoopback(request.socket.remoteAddress ?? '')) {
          requireScope(identify(request, dependencies), 'sms:read');
        }
        const octets = Buffer.from(await metrics.text());
        response.setHeader('Content-Type', metrics.contentType);
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader('Content-Length', octets.length);
        response.end(octets);
      },
    },
  });
}
