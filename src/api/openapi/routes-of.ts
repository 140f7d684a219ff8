import type { IRouter } from 'express';
import type { Endpoint, Endpoints, Method } from '../resource.ts';

/** One path that Express answers on, and what it does there; undefined where that was not said by `addResource`. */
export interface DocumentedRoute {
  /** As OpenAPI writes it: `/v1/sms/{message_id}`. */
  readonly path: string;
  readonly endpoints: readonly (readonly [Method, Endpoint])[] | undefined;
}

/** A router and the path that it is mounted on, '' for the top. */
export interface MountedRouter {
  readonly router: Pick<IRouter, 'stack'>;
  readonly mount: string;
}

/** Every path that these routers know, as Express itself keeps them. */
export function routesOf(mounted: readonly MountedRouter[]): DocumentedRoute[] {
  return mounted.flatMap(({ router, mount }) =>
    router.stack.flatMap(({ route }) =>
      route === undefined
        ? []
        : route.stack.map(({ handle }) => ({
            path: mount + templateOf(String(route.path)),
            endpoints: endpointsOf((handle as { readonly endpoints?: Endpoints }).endpoints),
          })),
    ),
  );
}

function endpointsOf(endpoints: Endpoints | undefined): DocumentedRoute['endpoints'] {
  return endpoints && (Object.entries(endpoints) as [Method, Endpoint][]);
}

/** `/sms/:messageId` as `/sms/{message_id}`. */
function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, (_, name: string) => `{${snakeCase(name)}}`);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
