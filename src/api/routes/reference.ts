import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IRouter, Response } from 'express';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { openApiDocument } from '../openapi/document.ts';
import { bareJson, type Operation, text } from '../openapi/operation.ts';
import type { MountedRouter } from '../openapi/routes-of.ts';
import { sendPlainPage } from '../plain-page.ts';
import { addResource } from '../resource.ts';

const operations = {
  document: {
    id: 'getOpenApiDocument',
    tag: 'Pages',
    summary: 'This document',
    answers: [bareJson({ type: 'object' }, { openapi: '3.1.0' }, { description: 'OpenAPI 3.1.' })],
  },
  page: {
    id: 'getReferencePage',
    tag: 'Pages',
    summary: 'This document as a page on which requests can be tried',
    answers: [text('text/html', '<!doctype html>', { description: 'The page.' })],
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;

/** The file that the build makes of the reference page. */
const pageFile = 'docs.html';

/** `GET /openapi.json`: all that `mounted` answers to. `GET /docs`: a page of it. They hold no data and need no key. */
export function addReferenceRoutes(
  router: IRouter,
  mounted: readonly MountedRouter[],
  { rendererDir, version }: Pick<ApiDependencies, 'rendererDir' | 'version'>,
): void {
  let document: Buffer | undefined;
  addResource(router, '/openapi.json', {
    GET: {
      scope: undefined,
      operation: operations.document,
      handle(_request, response) {
        document ??= Buffer.from(JSON.stringify(openApiDocument(mounted, version)));
        response.setHeader('Content-Type', 'application/json; charset=utf-8');
        response.setHeader('Cache-Control', 'no-cache');
        response.setHeader('Content-Length', document.length);
        response.end(document);
      },
    },
  });
  addResource(router, '/docs', {
    GET: {
      scope: undefined,
      operation: operations.page,
      handle: (_request, response) => sendReferencePage(response, rendererDir),
    },
  });
}

function sendReferencePage(response: Response, rendererDir: string | undefined): void | Promise<void> {
  if (rendererDir === undefined || !existsSync(join(rendererDir, pageFile))) {
    const sentence =
      'The reference page is not built here: "npm run build" makes it. /openapi.json is what it shows.';
    return sendPlainPage(response, 200, 'The API of Postern', sentence);
  }
  response.setHeader('Cache-Control', 'no-cache');
  return new Promise((resolve, reject) => {
    response.sendFile(pageFile, { root: rendererDir, cacheControl: false }, (error?: Error) => {
      if (!error || response.headersSent) return resolve();
      reject(new ApiError('NOT_FOUND', 'The page is not there any more.'));
    });
  });
}
