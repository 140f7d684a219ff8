import { expect, it, vi } from 'vitest';
import type { FromBackend } from '../../electron/backend-messages.ts';
import { GatewayHost, type HostedGateway } from '../../electron/gateway-host.ts';

const url = 'http://127.0.0.1:8026';
const start = { type: 'start', settings: { version: '1.0.0' } };

/** A host in a process of which the test is the parent. */
function hosted(gateway: Partial<HostedGateway> = {}) {
  const sent: FromBackend[] = [];
  const exits: number[] = [];
  let deliver: (data: unknown) => void = () => undefined;
  const port = {
    on(_event: 'message', listener: (event: { readonly data: unknown }) => void) {
      deliver = (data) => listener({ data });
    },
    postMessage: (message: FromBackend) => void sent.push(message),
  };
  const whole: HostedGateway = {
    start: async () => ({ url, signInUrl: `${url}/session?token=first` }),
    stop: async () => undefined,
    suspending: async () => undefined,
    resumed: () => undefined,
    issueSignInLink: (at) => `${at}/session?token=next`,
    pauseSending: () => undefined,
    watch: () => () => undefined,
    ...gateway,
  };
  const create = vi.fn(() => whole);
  new GatewayHost(port, create, (code) => exits.push(code)).listen();
  return { tell: (data: unknown) => deliver(data), sent, exits, create };
}

it('starts the gateway once and tells where it is', async () => {
  const { tell, sent, create } = hosted();
  tell(start);
  tell(start);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({ type: 'ready', address: url, link: `${url}/session?token=first` });
  expect(create).toHaveBeenCalledExactlyOnceWith(start.settings, expect.any(Function));
});

it('asks for a restart where a person wants one in the pages', async () => {
  const { tell, sent, create } = hosted();
  tell(start);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  const [, restart] = create.mock.calls[0] as unknown as [unknown, () => void];
  restart();
  expect(sent[1]).toEqual({ type: 'restart' });
});

it('gives further links while the gateway runs', async () => {
  const { tell, sent } = hosted();
  tell({ type: 'link' });
  tell(start);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  tell({ type: 'link' });
  expect(sent[1]).toEqual({ type: 'link', link: `${url}/session?token=next` });
});

it('tells why a start failed, and ends', async () => {
  const { tell, sent, exits } = hosted({ start: () => Promise.reject(new Error('Port 8026 is in use.')) });
  tell(start);
  await vi.waitFor(() => expect(exits).toEqual([1]));
  expect(sent).toEqual([{ type: 'failed', reason: 'Port 8026 is in use.' }]);
});

it('stops the gateway before it ends, once, also when it is told so while it starts', async () => {
  const order: string[] = [];
  let started: () => void = () => undefined;
  const { tell, exits } = hosted({
    async start() {
      await new Promise<void>((resolve) => {
        started = resolve;
      });
      order.push('started');
      return { url, signInUrl: url };
    },
    stop: async () => void order.push('stopped'),
  });
  tell(start);
  tell({ type: 'stop' });
  expect(exits).toEqual([]);
  started();
  await vi.waitFor(() => expect(exits).toEqual([0]));
  expect(order).toEqual(['started', 'stopped']);
});

it('tells the gateway when the machine sleeps and wakes, once it runs', async () => {
  const told: string[] = [];
  const { tell, sent } = hosted({
    suspending: async () => void told.push('suspending'),
    resumed: () => void told.push('resumed'),
  });
  tell({ type: 'suspend' });
  tell(start);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(told).toEqual([]);
  tell({ type: 'suspend' });
  tell({ type: 'resume' });
  expect(told).toEqual(['suspending', 'resumed']);
});

it('ends with an error when the gateway cannot stop in order', async () => {
  const { tell, sent, exits } = hosted({ stop: () => Promise.reject(new Error('disk gone')) });
  tell(start);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  tell({ type: 'stop' });
  await vi.waitFor(() => expect(exits).toEqual([1]));
});

it('takes no notice of what is no message', () => {
  const { tell, create } = hosted();
  for (const data of [null, 'start', { type: 'start' }]) tell(data);
  expect(create).not.toHaveBeenCalled();
});

it('passes on how all stands until it stops, and pauses sending at the word of the main process', async () => {
  const glance = { sending_paused: false, waiting: 2, modems: [] };
  const notice = { kind: 'attention', message: 'A SIM needs its PIN.' } as const;
  const done: unknown[] = [];
  const { tell, sent, exits } = hosted({
    watch(listener) {
      listener.glance(glance);
      listener.notice(notice);
      return () => done.push('unwatched');
    },
    pauseSending: (paused) => done.push(paused),
    stop: async () => void done.push('stopped'),
  });
  tell(start);
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  expect(sent.slice(1)).toEqual([
    { type: 'glance', glance },
    { type: 'notice', notice },
  ]);
  tell({ type: 'pause', paused: true });
  tell({ type: 'stop' });
  await vi.waitFor(() => expect(exits).toEqual([0]));
  expect(done).toEqual([true, 'unwatched', 'stopped']);
});
