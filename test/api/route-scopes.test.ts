import { describe, expect, test } from 'vitest';
import { createApi } from '../../src/api/create-api.ts';
import { covers, type Scope, scopes } from '../../src/contract/key.ts';
import { builtProgramIsAsked, type RunningApi, startApi } from './running-api.ts';

/** What each method of each resource under `/v1` needs; `any`: some key or session; `open`: nothing. */
const needed: Readonly<Record<string, Readonly<Record<string, Scope | 'any' | 'open'>>>> = {
  '/sms/send': { POST: 'sms:send' },
  '/sms/batch': { POST: 'sms:send' },
  '/sms/import': { POST: 'sms:send' },
  '/batches': { GET: 'sms:read' },
  '/batches/:batchId': { GET: 'sms:read', POST: 'sms:send' },
  '/sms': { GET: 'sms:read' },
  '/sms/:messageId': { GET: 'sms:read', DELETE: 'admin' },
  '/sms/:messageId/cancel': { POST: 'sms:send' },
  '/sms/:messageId/resend': { POST: 'sms:send' },
  '/sms/:messageId/events': { GET: 'sms:read' },
  '/sms/:messageId/pdus': { GET: 'sms:read' },
  '/sms/preview': { POST: 'sms:send' },
  '/stats': { GET: 'sms:read' },
  '/reports/unmatched': { GET: 'sms:read' },
  '/numbers': { GET: 'sms:read' },
  '/modems': { GET: 'sms:read' },
  '/modems/:id': { GET: 'sms:read', PATCH: 'admin', DELETE: 'admin' },
  '/modems/:id/health': { GET: 'sms:read' },
  '/modems/:id/at-log': { GET: 'sms:read' },
  '/modems/:id/at': { POST: 'admin' },
  '/modems/:id/ussd': { POST: 'admin' },
  '/modems/:id/pin': { POST: 'admin' },
  '/modems/:id/reset': { POST: 'admin' },
  '/modems/:id/disable': { POST: 'admin' },
  '/modems/:id/enable': { POST: 'admin' },
  '/modems/:id/welcome': { POST: 'admin' },
  '/emulation': { GET: 'sms:read', POST: 'admin', DELETE: 'admin' },
  '/ports': { GET: 'admin' },
  '/sims': { GET: 'sms:read' },
  '/sims/:iccid': { GET: 'sms:read', PATCH: 'admin', DELETE: 'admin' },
  '/sims/:iccid/pause': { POST: 'admin' },
  '/sims/:iccid/resume': { POST: 'admin' },
  '/erasures': { POST: 'admin' },
  '/lists/:list': { GET: 'sms:read', POST: 'admin' },
  '/lists/:list/:number': { DELETE: 'admin' },
  '/settings': { GET: 'admin', PATCH: 'admin' },
  '/backups': { GET: 'admin', POST: 'admin' },
  '/backups/:name': { GET: 'admin', DELETE: 'admin' },
  '/backups/:name/file': { GET: 'admin', PUT: 'admin' },
  '/backups/:name/restore': { POST: 'admin' },
  '/restart': { POST: 'admin' },
  '/settings/export': { POST: 'admin' },
  '/settings/import': { POST: 'admin' },
  '/network': { GET: 'admin', PATCH: 'admin' },
  '/mail': { GET: 'admin' },
  '/mail/password': { PUT: 'admin', DELETE: 'admin' },
  '/mail/test': { POST: 'admin' },
  '/diagnostics': { GET: 'admin' },
  '/diagnostics/check': { POST: 'admin' },
  '/diagnostics/bundle': { GET: 'admin' },
  '/keys/:id/smpp-password': { POST: 'admin' },
  '/queue': { GET: 'admin' },
  '/queue/release': { POST: 'admin' },
  '/queue/discard': { POST: 'admin' },
  '/queue/believe-clock': { POST: 'admin' },
  '/events': { GET: 'sms:read' },
  '/webhooks': { GET: 'webhooks', POST: 'webhooks' },
  '/webhooks/:id': { GET: 'webhooks', PATCH: 'webhooks', DELETE: 'webhooks' },
  '/webhooks/:id/test': { POST: 'webhooks' },
  '/webhooks/:id/deliveries': { GET: 'webhooks' },
  '/webhooks/:id/deliveries/:deliveryId/redeliver': { POST: 'webhooks' },
  '/session': { GET: 'any', POST: 'open', DELETE: 'any' },
  '/session/links': { POST: 'admin' },
  '/setup': { GET: 'open' },
  '/passwords': { GET: 'admin' },
  '/passwords/:role': { PUT: 'admin', DELETE: 'admin' },
  '/keys': { GET: 'admin', POST: 'admin' },
  '/keys/:id': { GET: 'admin', DELETE: 'admin' },
  '/audit': { GET: 'admin' },
};

interface Layer {
  readonly route?: { readonly path: string };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** The paths of all resources under `/v1`, as Express knows them. */
function pathsOf(api: RunningApi): string[] {
  const app = createApi(api.dependencies, new AbortController().signal);
  const { stack } = app.router as unknown as { stack: readonly Layer[] };
  const routers = stack.filter(({ handle, route }) => route === undefined && handle.stack !== undefined);
  return routers.flatMap(({ handle }) => (handle.stack ?? []).flatMap(({ route }) => route?.path ?? []));
}

const filled = (path: string) => `/v1${path.replace(/:\w+/g, 'x')}`;

describe('every resource', () => {
  test('stands in the table here, with all its methods', async () => {
    const api = await startApi();
    expect([...pathsOf(api)].sort()).toEqual(Object.keys(needed).sort());
    for (const [path, methods] of Object.entries(needed)) {
      const { headers } = await api.ask(filled(path), { method: 'OPTIONS' });
      const offered = (headers.allow ?? '').split(', ').filter((name) => !['HEAD', 'OPTIONS'].includes(name));
      expect([path, offered.sort()]).toEqual([path, Object.keys(methods).sort()]);
    }
  });

  test.each(scopes)(
    'is closed to a key with the scope %s alone, unless that is what it needs',
    async (scope) => {
      const api = await startApi();
      for (const [path, methods] of Object.entries(needed)) {
        if (path === '/restart' && builtProgramIsAsked) continue; // it would not be there to answer the next
        for (const [method, need] of Object.entries(methods)) {
          const answer = await ask(api, method, path, { authorization: `Bearer ${api.newKey([scope])}` });
          const mayPass = need === 'open' || need === 'any' || covers([scope], need);
          const isClosed = answer.status === 403 && /^$|lacks the scope/.test(answer.text);
          expect([method, path, isClosed]).toEqual([method, path, !mayPass]);
        }
      }
    },
  );

  test('is closed to whoever has no key, unless it is open', async () => {
    const api = await startApi();
    for (const [path, methods] of Object.entries(needed)) {
      for (const [method, need] of Object.entries(methods)) {
        const answer = await ask(api, method, path, { authorization: [] });
        expect([method, path, answer.status === 401]).toEqual([method, path, need !== 'open']);
      }
    }
  });
});

/** An event stream would stay open: its head alone tells whether it may be read. */
function ask(api: RunningApi, method: string, path: string, headers: Record<string, string | string[]>) {
  const asked = path === '/events' ? 'HEAD' : method;
  return api.ask(filled(path), { method: asked, headers });
}
