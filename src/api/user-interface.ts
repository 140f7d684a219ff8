import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import express, { type IRouter, type Request, type Response } from 'express';
import { ApiError } from './api-error.ts';
import { type Operation, text } from './openapi/operation.ts';
import { sendPlainPage } from './plain-page.ts';
import { addResource } from './resource.ts';

const oneYear = 'public, max-age=31536000, immutable';

const pages: Operation = {
  id: 'getPages',
  tag: 'Pages',
  summary: 'The user interface',
  answers: [text('text/html', '<!doctype html>', { description: 'The page.' })],
  errors: ['NOT_FOUND'],
};

/**
 * The built pages at `/`. They hold no data and so need no key: what they show they read from `/v1` themselves.
 *
 * @param rendererDir the folder that the build has made; files under its `assets/` bear a hash in their name
 */
export function addUserInterface(router: IRouter, rendererDir: string | undefined): void {
  if (rendererDir === undefined || !existsSync(join(rendererDir, 'index.html'))) {
    return addResource(router, '/', {
      GET: { scope: undefined, operation: pages, handle: (_request, response) => sayNotBuilt(response) },
    });
  }
  addResource(router, '/', {
    GET: {
      scope: undefined,
      operation: pages,
      handle: (_request, response) => sendIndex(response, rendererDir),
    },
  });
  router.use(
    express.static(rendererDir, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders(response, path) {
        const hashed = path.startsWith(join(rendererDir, 'assets', sep));
        response.setHeader('Cache-Control', hashed ? oneYear : 'no-cache');
      },
    }),
  );
  router.use((request, response, next) =>
    isNavigation(request) ? sendIndex(response, rendererDir) : next(),
  );
}

/** The one page there is, whatever address within it a person opens or reloads. */
function sendIndex(response: Response, rendererDir: string): Promise<void> {
  response.setHeader('Cache-Control', 'no-cache');
  return new Promise((resolve, reject) => {
    response.sendFile('index.html', { root: rendererDir, cacheControl: false }, (error?: Error) => {
      if (!error || response.headersSent) return resolve();
      reject(new ApiError('NOT_FOUND', 'The pages are not there any more.'));
    });
  });
}

/** A person who follows a link or reloads; not a script, a style or a program that takes anything. */
function isNavigation(request: Request): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && /\btext\/html\b/i.test(request.headers.accept ?? '');
}

function sayNotBuilt(response: Response): void {
  sendPlainPage(
    response,
    200,
    'Postern is running',
    'Its pages are not built here: "npm run build" makes them. The API under /v1 works without them.',
  );
}
