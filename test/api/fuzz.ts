import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FuzzedRequest, fuzzedRequests } from './fuzzed-request.ts';
import { mailServer } from './mail-server.ts';
import { builtProgramIsAsked, type RunningApi, startApi } from './running-api.ts';

/**
 * Left out: a stream stays open, so there is no end of the answer to wait for; and what has been told to start again is
 * not there for the next request.
 */
const leftOut = new Set(['get /v1/events', ...(builtProgramIsAsked ? ['post /v1/restart'] : [])]);

/** Whatever chance names is not to be listened at: it may be somebody else's. */
function opensPort({ path, body = '' }: FuzzedRequest): boolean {
  return path.startsWith('/v1/network') && /"(?:smpp|mail)_port":\s*[1-9]/.test(body);
}

/** A mail for a trial would go to whatever server chance has named: it goes to one that is here, or there is none. */
async function trialMail(api: RunningApi, admin: string): Promise<(request: FuzzedRequest) => Promise<void>> {
  const { settings } = await mailServer('open sesame');
  const change = async (path: string, method: string, body: unknown) => {
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
    const { status } = await api.ask(path, { method, headers, body: JSON.stringify(body) });
    expect(status).toBe(200);
  };
  return async ({ path, body = '' }) => {
    if (!path.startsWith('/v1/mail/test')) return;
    const to = body.length % 4 === 0 ? { mail_server_host: null } : settings;
    await change('/v1/settings', 'PATCH', { ...to, mail_forward_from: 'postern@example.com' });
    await change('/v1/mail/password', 'PUT', { password: body.length % 4 === 1 ? 'wrong' : 'open sesame' });
  };
}

/** Asks for whatever the document may lead to, as often as `sampling` says, and holds every answer against it. */
export function fuzz(sampling: fc.Parameters<[FuzzedRequest]>, withinMs?: number): void {
  test(
    'whatever is asked, every answer is one that the document lists, and none is a failure of ours',
    async () => {
      const api = await startApi({ allowsGetSend: true });
      const keys = [
        api.newKey(['admin']),
        api.newKey(['admin']),
        api.newKey(['sms:send', 'sms:read', 'webhooks']),
        api.newKey(['sms:read']),
        'ak_wrong',
      ];
      const requests = fuzzedRequests(await api.document(), keys, leftOut).filter(
        (request) => !opensPort(request),
      );
      const lead = await trialMail(api, keys[0] ?? '');
      const statuses = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(requests, async (request) => {
          const { method, path, headers, body } = request;
          await lead(request);
          const { status, json } = await api.ask(path, {
            method,
            headers,
            ...(body === undefined ? {} : { body }),
          });
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          // what the mail server says against a mail is no failure of ours
          expect(json?.error?.code === 'MAIL_FAILED' || status < 500).toBe(true);
        }),
        sampling,
      );
      // the fuzz reaches behind the doors: it does not only bounce off them
      for (const status of [200, 201, 202, 400, 401, 403, 404, 405, 415, 422]) {
        expect([status, (statuses.get(status) ?? 0) > 0]).toEqual([status, true]);
      }
    },
    withinMs,
  );
}
