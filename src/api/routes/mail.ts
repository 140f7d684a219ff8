import type { IRouter } from 'express';
import { z } from 'zod';
import { mailPassword, mailServer, mailTest } from '../../contract/mail-server.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

const example = { has_password: true, password_readable: true, waiting: 0, given_up: 0 };
const target = 'mail server';

const operations = {
  show: {
    id: 'getMailServer',
    tag: 'Administration',
    summary:
      'Whether the mail server has a password, how many events wait for it, and how many it never took',
    answers: [one(mailServer, example)],
  },
  set: {
    id: 'setMailPassword',
    tag: 'Administration',
    summary: 'Set the password of the mail server',
    description: 'It is kept sealed and never shown. All else of the mail server is among the settings.',
    body: { schema: mailPassword, example: { password: 'correct horse battery' } },
    answers: [one(mailServer, example)],
  },
  remove: {
    id: 'removeMailPassword',
    tag: 'Administration',
    summary: 'Forget the password of the mail server',
    answers: [one(mailServer, { ...example, has_password: false, password_readable: false })],
  },
  test: {
    id: 'sendTestMail',
    tag: 'Administration',
    summary: 'Send a test mail with the settings as they are kept',
    body: { schema: mailTest, example: { to: 'office@example.com' } },
    answers: [
      one(
        z.object({ to: z.string() }),
        { to: 'office@example.com' },
        { description: 'The mail server has taken it.' },
      ),
    ],
    errors: ['MAIL_FAILED'],
  },
} as const satisfies Record<string, Operation>;

/** `/mail`: the mail server that events are forwarded by. */
export function addMailRoutes(
  router: IRouter,
  { mail, audit }: Pick<ApiDependencies, 'mail' | 'audit'>,
): void {
  addResource(router, '/mail', {
    GET: {
      scope: 'admin',
      operation: operations.show,
      handle: (_request, response) => sendOne(response, 200, mail.view()),
    },
  });
  addResource(router, '/mail/password', {
    PUT: {
      scope: 'admin',
      operation: operations.set,
      async handle(request, response) {
        const { password } = validate(mailPassword, await readJson(request));
        const act = { action: 'password.set', target } as const;
        audit.during(actorOf(request, response), act, () => mail.setPassword(password));
        sendOne(response, 200, mail.view());
      },
    },
    DELETE: {
      scope: 'admin',
      operation: operations.remove,
      handle(request, response) {
        const act = { action: 'password.remove', target } as const;
        audit.during(actorOf(request, response), act, () => mail.setPassword(undefined));
        sendOne(response, 200, mail.view());
      },
    },
  });
  addResource(router, '/mail/test', {
    POST: {
      scope: 'admin',
      operation: operations.test,
      async handle(request, response) {
        const { to } = validate(mailTest, await readJson(request));
        audit.note(actorOf(request, response), { action: 'mail.test', target: to });
        await mail.test(to);
        sendOne(response, 200, { to });
      },
    },
  });
}
