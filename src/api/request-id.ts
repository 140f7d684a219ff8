import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

/** Ids of a caller's own are taken over when they can stand in a log line as they are. */
const wellFormedId = /^[\w.:-]{1,128}$/;

/** Gives every answer its `X-Request-Id`: the caller's own, or a new one. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id'];
  response.setHeader(
    'X-Request-Id',
    typeof given === 'string' && wellFormedId.test(given) ? given : randomUUID(),
  );
  next();
};
