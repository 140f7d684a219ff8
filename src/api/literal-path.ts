import type { RequestHandler } from 'express';

/** A `%` that begins no encoded octet. */
const strayPercent = /%(?![\da-f]{2})/gi;

/**
 * A path whose percent-encoding is broken, or is not UTF-8, names nothing. It is read as it stands, so that it ends
 * in the 404 of the resource that it was meant for.
 */
export const literalPath: RequestHandler = (request, _response, next) => {
  if (request.url.includes('%') && !isDecodable(request.path)) {
    const queryAt = request.url.indexOf('?');
    const path = queryAt < 0 ? request.url : request.url.slice(0, queryAt);
    const repaired = path.replace(strayPercent, '%25');
    const literal = isDecodable(repaired) ? repaired : path.replaceAll('%', '%25');
    request.url = literal + (queryAt < 0 ? '' : request.url.slice(queryAt));
  }
  next();
};

/** The result is looked at: a bundler takes a bare call for one without effect and leaves it out, exception and all. */
function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path).length <= path.length;
  } catch {
    return false;
  }
}
