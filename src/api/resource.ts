import type { IRouter, Request, RequestHandler, Response } from 'express';
import type { Scope } from '../contract/key.ts';
import { ApiError } from './api-error.ts';
import type { Operation } from './openapi/operation.ts';
import { principalOf, requireScope } from './principal.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What one method does on a resource. */
export interface Endpoint {
  /** What the caller must be allowed; undefined: nothing beyond having a key. */
  readonly scope: Scope | undefined;
  /** A GET that does something: whoever only looks, by HEAD, is told that it is not allowed. */
  readonly acts?: true;
  /** What the OpenAPI document says of it. */
  readonly operation: Operation;
  handle(request: Request, response: Response): void | Promise<void>;
}

/** What each method does on a resource. */
export type Endpoints = Readonly<Partial<Record<Method, Endpoint>>>;

/**
 * Answers on `path` to the methods given: HEAD as GET does, OPTIONS with the list of them, all others with 405.
 * Every resource goes through here, so that scopes and wrong methods are dealt with in one place. The endpoints stay
 * with the handler, where the OpenAPI document finds them.
 */
export function addResource(router: IRouter, path: string, endpoints: Endpoints): void {
  const allow = allowedMethods(endpoints).join(', ');
  const handle: RequestHandler = (request, response) => {
    response.locals.route = `${request.baseUrl}${path}`;
    const endpoint = endpointFor(endpoints, request.method);
    if (endpoint) {
      if (endpoint.scope !== undefined) requireScope(principalOf(response), endpoint.scope);
      return endpoint.handle(request, response);
    }
    if (request.method === 'OPTIONS') {
      response.setHeader('Allow', allow).writeHead(204).end();
      return undefined;
    }
    throw new ApiError('METHOD_NOT_ALLOWED', `${request.method} is not possible here. Allowed: ${allow}.`, {
      headers: { Allow: allow },
    });
  };
  router.all(path, Object.assign(handle, { endpoints }));
}

function allowedMethods(endpoints: Endpoints): string[] {
  return [...Object.keys(endpoints), ...(answersHead(endpoints) ? ['HEAD'] : []), 'OPTIONS'];
}

function answersHead({ GET: get }: Endpoints): boolean {
  return get !== undefined && !get.acts;
}

function endpointFor(endpoints: Endpoints, method: string): Endpoint | undefined {
  const name = method === 'HEAD' && answersHead(endpoints) ? 'GET' : method;
  return Object.hasOwn(endpoints, name) ? endpoints[name as Method] : undefined;
}
