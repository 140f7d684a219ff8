import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type IRouter, type Request, type RequestHandler } from 'express';
import { ApiError } from './api-error.ts';
import { sendPlainPage } from './plain-page.ts';

const oneYear = 'public, max-age=31536000, immutable';

/**
 * The built pages at `/`. They hold no data and so need no key: what they show they read from `/v1` themselves.
 *
 * @param rendererDir the folder that the build has made; files under its `assets/` bear a hash in their name
 */
export function addUserInterface(router: IRouter, rendererDir: string | undefined): void {
  if (rendererDir === undefined || !existsSync(join(rendererDir, 'index.html'))) {
    return void router.get('/', notBuilt);
  }
  const page = pageHandler(rendererDir);
  router.get('/', page);
  router.use(
    express.static(rendererDir, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders(response, path) {
        const hashed = path.startsWith(join(rendererDir, 'assets'));
        response.setHeader('Cache-Control', hashed ? oneYear : 'no-cache');
      },
    }),
  );
  router.use((request, response, next) => (isNavigation(request) ? page(request, response, next) : next()));
}

/** The one page there is, whatever address within it a person opens or reloads. */
function pageHandler(rendererDir: string): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: rendererDir, cacheControl: false }, (error?: Error) => {
      if (error && !response.headersSent)
        next(new ApiError('NOT_FOUND', 'The pages are not there any more.'));
    });
  };
}

/** A person who follows a link or reloads; not a script, a style or a program that takes anything. */
function isNavigation(request: Request): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && /\btext\/html\b/i.test(request.headers.accept ?? '');
}

const notBuilt: RequestHandler = (_request, response) => {
  sendPlainPage(
    response,
    200,
    'Postern is running',
    'Its pages are not built here: "npm run build" makes them. The API under /v1 works without them.',
  );
};
