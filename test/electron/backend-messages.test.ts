import { describe, expect, it } from 'vitest';
import { parseFromBackend, parseToBackend } from '../../electron/backend-messages.ts';

describe('messages to the backend', () => {
  it.each([
    { type: 'start', settings: { version: '1.0.0' } },
    { type: 'start', settings: { version: '1.0.0', port: 8026 } },
    { type: 'link' },
    { type: 'suspend' },
    { type: 'resume' },
    { type: 'stop' },
  ])('takes $type', (message) => expect(parseToBackend(message)).toEqual(message));

  it.each([
    undefined,
    null,
    'stop',
    {},
    { type: 'other' },
    { type: 'start' },
    { type: 'start', settings: { port: 1 } },
    { type: 'start', settings: { version: '1.0.0', port: '8026' } },
    { type: 'start', settings: { version: '1.0.0', port: -1 } },
  ])('refuses %o', (message) => expect(parseToBackend(message)).toBeUndefined());
});

describe('messages from the backend', () => {
  const address = 'http://127.0.0.1:8026';

  it.each([
    { type: 'ready', address, link: `${address}/session?token=x` },
    { type: 'link', link: `${address}/session?token=x` },
    { type: 'failed', reason: 'The port is in use.' },
  ])('takes $type', (message) => expect(parseFromBackend(message)).toEqual(message));

  it.each([
    null,
    [],
    { type: 'ready', address },
    { type: 'ready', address: 'file:///etc/passwd', link: address },
    { type: 'ready', address, link: 'javascript:alert(1)' },
    { type: 'link', link: 'http://' },
    { type: 'failed' },
  ])('refuses %o', (message) => expect(parseFromBackend(message)).toBeUndefined());
});
