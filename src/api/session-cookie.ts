import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Cookies are not told apart by port, so the name has it: two gateways on one machine do not log each other's people
 * out. It is the port here, not the one of a reverse proxy in front.
 */
function cookieName(request: IncomingMessage): string {
  return `postern_session_${request.socket.localPort}`;
}

/** The session cookie's value, as the browser sent it. */
export function sessionCookieOf(request: IncomingMessage): string | undefined {
  const header = request.headers.cookie;
  if (header === undefined) return undefined;
  const start = `${cookieName(request)}=`;
  return header
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length);
}

/** Gives the browser its session for `maxAgeSeconds`. */
export function setSessionCookie(
  request: IncomingMessage,
  response: ServerResponse,
  value: string,
  maxAgeSeconds: number,
): void {
  const secure = 'encrypted' in request.socket ? '; Secure' : '';
  response.setHeader(
    'Set-Cookie',
    `${cookieName(request)}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${maxAgeSeconds}${secure}`,
  );
}

/** Takes the browser's session away. */
export function clearSessionCookie(request: IncomingMessage, response: ServerResponse): void {
  setSessionCookie(request, response, '', 0);
}
