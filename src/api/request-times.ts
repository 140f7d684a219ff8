import type { RequestHandler } from 'express';
import type { TimeHistograms } from '../metrics/time-histograms.ts';

/** The pattern of a path, noted beside the response by whatever answers it. */
export const routeOf = (locals: { readonly route?: unknown }) =>
  typeof locals.route === 'string' ? locals.route : 'other';

/** Notes how long each request takes, where somebody counts that. */
export function requestTimes(times: Pick<TimeHistograms, 'request'> | undefined): RequestHandler {
  return (request, response, next) => {
    if (times === undefined) return next();
    const startedAt = performance.now();
    response.on('close', () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      times.request(methodOf(request.method), routeOf(response.locals), response.statusCode, seconds);
    });
    next();
  };
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A label for whatever a client invents would grow without end. */
function methodOf(method: string): string {
  return methods.has(method) ? method : 'other';
}
