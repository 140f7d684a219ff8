import { describe, expect, it } from 'vitest';
import { isWithin, mayOpenOutside, mayUse } from '../../electron/origin.ts';

const origin = 'http://127.0.0.1:8026';

describe('the window', () => {
  it.each(['http://127.0.0.1:8026/', 'http://127.0.0.1:8026/messages?page=2', `${origin}/session?token=x`])(
    'shows %s',
    (address) => expect(isWithin(address, origin)).toBe(true),
  );

  it.each([
    'http://127.0.0.1:8027/',
    'https://127.0.0.1:8026/',
    'http://localhost:8026/',
    'http://127.0.0.1:8026.example.com/',
    'http://127.0.0.1:8026@example.com/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'javascript:alert(1)',
    'about:blank',
    '',
  ])('does not show %s', (address) => expect(isWithin(address, origin)).toBe(false));

  it('shows nothing before the gateway has an address', () => {
    expect(isWithin('http://127.0.0.1:8026/', undefined)).toBe(false);
  });
});

describe("the system's browser", () => {
  it('gets plain encrypted pages', () => expect(mayOpenOutside('https://example.com/help')).toBe(true));

  it.each([
    'http://example.com/',
    'file:///etc/passwd',
    'ms-settings:',
    'https://user:pass@example.com/',
    'x',
  ])('does not get %s', (address) => expect(mayOpenOutside(address)).toBe(false));
});

describe('a page', () => {
  it('may put text into the clipboard if it is ours', () => {
    expect(mayUse('clipboard-sanitized-write', `${origin}/`, origin)).toBe(true);
    expect(mayUse('clipboard-sanitized-write', 'https://example.com/', origin)).toBe(false);
  });

  it.each(['clipboard-read', 'media', 'geolocation', 'notifications', 'serial', 'usb', 'openExternal'])(
    'may not use %s',
    (permission) => expect(mayUse(permission, `${origin}/`, origin)).toBe(false),
  );
});
