import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { backup, uploadQuery } from '../../contract/backup.ts';
import { pageQuery } from '../../contract/message-query.ts';
import { actorOf } from '../actor.ts';
import { ApiError, ClientGone } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { backupExample, unfinishedBackupExample } from '../openapi/examples/backup.ts';
import { type Operation, octets, one, page } from '../openapi/operation.ts';
import { sendOne, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'backups' | 'audit'>;

const fileType = 'application/vnd.sqlite3';

const operations = {
  list: {
    id: 'listBackups',
    tag: 'Administration',
    summary: 'List the backups, newest first',
    description:
      'Those in the folder `backups` of the data directory, also those that somebody put there as `NAME.db`.',
    query: pageQuery,
    answers: [page(backup, backupExample)],
  },
  make: {
    id: 'makeBackup',
    tag: 'Administration',
    summary: 'Make a backup while the gateway serves',
    description:
      'A consistent copy of all messages and settings, as of this moment. Ask for it by its name to see how far it is. ' +
      'The setting `backups_kept` says how many are kept. The key that seals PINs and passwords is not in it.',
    answers: [one(backup, unfinishedBackupExample, { status: 202, description: 'It is being made.' })],
    errors: ['BACKUP_BUSY', 'NO_SPACE'],
  },
  show: {
    id: 'getBackup',
    tag: 'Administration',
    summary: 'Look at a backup, and how far it is',
    answers: [one(backup, backupExample)],
    errors: ['BACKUP_NOT_FOUND'],
  },
  remove: {
    id: 'deleteBackup',
    tag: 'Administration',
    summary: 'Delete a backup',
    answers: [one(z.object({ name: z.string() }), { name: backupExample.name })],
    errors: ['BACKUP_NOT_FOUND', 'BACKUP_BUSY'],
  },
  download: {
    id: 'downloadBackup',
    tag: 'Administration',
    summary: 'Download a backup',
    description: 'All texts and numbers are in it: keep it where nobody else can read it.',
    answers: [octets(fileType, { description: 'The SQLite file.' })],
    errors: ['BACKUP_NOT_FOUND'],
  },
  upload: {
    id: 'uploadBackup',
    tag: 'Administration',
    summary: 'Upload a backup from elsewhere',
    description:
      'The file as it was downloaded, whole, or in parts that follow one another where the line is slow: all of a request ' +
      'must come within the time that the gateway allows it (30 seconds). With the last part it is checked; ask for it by ' +
      'its name to see what came of that. A new first part ends whatever was under way before.',
    query: uploadQuery,
    body: { type: fileType, schema: z.string(), example: 'SQLite format 3' },
    answers: [
      one(backup, unfinishedBackupExample, { status: 202, description: 'It is here, and is being checked.' }),
    ],
    errors: ['BACKUP_BUSY', 'NO_SPACE'],
  },
  restore: {
    id: 'restoreBackup',
    tag: 'Administration',
    summary: 'Restore a backup',
    description:
      'A checked copy of it is laid ready, and then the gateway starts anew on it. What was there before is kept as a ' +
      'backup. After that nothing is sent until `POST /v1/queue/release` or `/v1/queue/discard`: what waited when the ' +
      'backup was made may have been sent since.',
    answers: [
      one(
        backup,
        { ...backupExample, state: 'restoring', progress_percent: 0 },
        { status: 202, description: 'It is being laid ready.' },
      ),
    ],
    errors: ['BACKUP_NOT_FOUND', 'BACKUP_BUSY', 'NO_SPACE'],
  },
} as const satisfies Record<string, Operation>;

/** `/backups`: copies of the database, made and restored while the gateway serves. */
export function addBackupRoutes(router: IRouter, dependencies: Dependencies): void {
  const { backups, audit } = dependencies;
  const endpoint = (
    operation: Operation,
    handle: (request: Request, response: Response) => void | Promise<void>,
  ) => ({ scope: 'admin' as const, operation, handle });
  addResource(router, '/backups', {
    GET: endpoint(operations.list, (request, response) =>
      sendPageOf(response, backups.list(), validate(pageQuery, request.query)),
    ),
    POST: endpoint(operations.make, async (request, response) => {
      const made = await backups.make();
      audit.note(actorOf(request, response), { action: 'backup.create', target: made.name });
      sendOne(response, 202, made);
    }),
  });
  addResource(router, '/backups/:name', {
    GET: endpoint(operations.show, (request, response) =>
      sendOne(response, 200, backups.find(nameOf(request))),
    ),
    DELETE: endpoint(operations.remove, (request, response) => {
      const name = nameOf(request);
      const act = { action: 'backup.delete', target: name } as const;
      audit.during(actorOf(request, response), act, () => backups.remove(name));
      sendOne(response, 200, { name });
    }),
  });
  addResource(router, '/backups/:name/file', {
    GET: endpoint(operations.download, (request, response) => download(request, response, dependencies)),
    PUT: endpoint(operations.upload, (request, response) => upload(request, response, dependencies)),
  });
  addResource(router, '/backups/:name/restore', {
    POST: endpoint(operations.restore, async (request, response) => {
      const name = nameOf(request);
      const actor = actorOf(request, response);
      const restored = await backups.restore(name, actor);
      audit.note(actor, { action: 'backup.restore', target: name });
      sendOne(response, 202, restored);
    }),
  });
}

async function upload(request: Request, response: Response, { backups, audit }: Dependencies): Promise<void> {
  const type = request.headers['content-type'] ?? '';
  if (!type.toLowerCase().startsWith(fileType)) {
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', `Send the file as "Content-Type: ${fileType}".`);
  }
  const name = nameOf(request);
  const octets = Number(request.headers['content-length'] ?? 0);
  const { offset, size = offset + octets } = validate(uploadQuery, request.query);
  try {
    const taken = await backups.upload(name, { offset, octets, size }, request);
    if (offset + octets === size)
      audit.note(actorOf(request, response), { action: 'backup.upload', target: name });
    sendOne(response, 202, taken);
  } catch (error) {
    throw request.destroyed && !request.complete ? new ClientGone() : error;
  }
}

async function download(
  request: Request,
  response: Response,
  { backups, audit }: Dependencies,
): Promise<void> {
  const name = nameOf(request);
  const { path, sizeBytes } = backups.fileOf(name);
  response.setHeader('Content-Type', fileType);
  response.setHeader('Content-Length', sizeBytes);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  if (request.method === 'HEAD') return void response.end();
  audit.note(actorOf(request, response), { action: 'backup.download', target: name });
  // whoever goes away in the middle gets no answer, and needs none
  await pipeline(createReadStream(path, { end: Math.max(sizeBytes - 1, 0) }), response).catch(() =>
    response.destroy(),
  );
}

const nameOf = (request: Request) => String(request.params.name);
