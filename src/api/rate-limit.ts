import type { RequestHandler } from 'express';
import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';
import { principalOf } from './principal.ts';
import { RequestAllowance } from './request-allowance.ts';

const windowSeconds = 60;

/**
 * Refuses the requests of a key beyond what it may make in a minute, and tells each caller how it stands
 * (draft-ietf-httpapi-ratelimit-headers-10). Sessions are people, and are not counted.
 *
 * @param usual requests a minute for keys without a limit of their own; undefined: as many as they like
 */
export function rateLimit(clock: Clock, usual: number | undefined): RequestHandler {
  const allowance = new RequestAllowance(clock, windowSeconds * 1_000);
  return (_request, response, next) => {
    const principal = principalOf(response);
    const limit = principal.kind === 'key' ? (principal.requestsPerMinute ?? usual) : undefined;
    if (limit === undefined) return next();
    const { isSpent, remaining, resetSeconds } = allowance.take(principal.id, limit);
    response.setHeader('RateLimit-Policy', `"key";q=${limit};w=${windowSeconds}`);
    response.setHeader('RateLimit', `"key";r=${remaining};t=${resetSeconds}`);
    if (!isSpent) return next();
    throw new ApiError('RATE_LIMIT_EXCEEDED', `This API key may make ${limit} requests in a minute.`, {
      headers: { 'Retry-After': String(resetSeconds) },
    });
  };
}
