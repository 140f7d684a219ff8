import type { Request } from 'express';

/** What under `/v1` is answered before anybody has signed in, as that is what it is for. */
const openEndpoints = [
  { method: 'POST', path: '/session' },
  { method: 'GET', path: '/setup' },
  { method: 'HEAD', path: '/setup' },
] as const;

/** Whether a request may come from somebody unknown. Its path is the one below `/v1`. */
export function isOpen(request: Pick<Request, 'method' | 'path'>): boolean {
  return openEndpoints.some(({ method, path }) => request.method === method && request.path === path);
}
