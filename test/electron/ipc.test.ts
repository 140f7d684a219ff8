import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { expect, expectTypeOf, it } from 'vitest';
import { answerRequests } from '../../electron/ipc.ts';
import type { DesktopBridge } from '../../electron/preload.cts';
import type { Desktop } from '../../renderer/shell/desktop.ts';

type Listener = Parameters<IpcMain['handle']>[1];

/** The requests a page can make, as the main process has registered them. */
function registered() {
  const listeners = new Map<string, Listener>();
  let restarts = 0;
  answerRequests(
    { handle: (channel, listener) => void listeners.set(channel, listener) },
    (address) => address.startsWith('http://127.0.0.1:8026/'),
    {
      'backend:state': () => ({ kind: 'running' }),
      'backend:restart': () => void restarts++,
      'settings:open': () => undefined,
      'access:give': () => ({ given: true, sentence: 'Given.', commands: [] }),
    },
  );
  const ask = (channel: string, url: string | undefined) => {
    const senderFrame = url === undefined ? null : { url };
    return listeners.get(channel)?.({ senderFrame } as IpcMainInvokeEvent);
  };
  return { ask, restarts: () => restarts };
}

it('answers the pages of the gateway', () => {
  const { ask, restarts } = registered();
  expect(ask('backend:state', 'http://127.0.0.1:8026/messages')).toEqual({ kind: 'running' });
  ask('backend:restart', 'http://127.0.0.1:8026/');
  expect(restarts()).toBe(1);
});

it.each(['https://example.com/', 'file:///tmp/page.html', undefined])('refuses a frame at %s', (address) => {
  const { ask, restarts } = registered();
  expect(() => ask('backend:restart', address)).toThrow("the page is not Postern's own");
  expect(restarts()).toBe(0);
});

it('gives the pages exactly what they expect of the desktop app', () => {
  expectTypeOf<DesktopBridge>().toExtend<Desktop>();
  expectTypeOf<keyof DesktopBridge>().toEqualTypeOf<keyof Desktop>();
});
