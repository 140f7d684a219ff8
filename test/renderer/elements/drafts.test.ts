import { afterEach, beforeEach, expect, it, vi } from 'vitest';

type Drafts = typeof import('../../../renderer/elements/drafts.ts');

/** What a tab keeps, and its page, which the test loads anew as a browser does. */
const tab = new Map<string, string>();
/** What all tabs of the browser keep. */
const browser = new Map<string, string>();
const page = new EventTarget();

async function load(): Promise<Drafts> {
  page.dispatchEvent(new Event('pagehide'));
  vi.resetModules();
  return import('../../../renderer/elements/drafts.ts');
}

beforeEach(() => {
  tab.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => tab.get(name) ?? null,
    setItem: (name: string, value: string) => void tab.set(name, value),
    removeItem: (name: string) => void tab.delete(name),
  });
  browser.clear();
  vi.stubGlobal('localStorage', { getItem: (name: string) => browser.get(name) ?? null });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
});
afterEach(() => vi.unstubAllGlobals());

it('texts that are not sent yet are there again when the page is loaded anew', async () => {
  const before = await load();
  before.keep('compose', { to: '+14155550123', body: 'On my way' });
  before.keep('reply +49151', 'Yes');
  const after = await load();
  expect(after.draftOf('compose', { to: '', body: '' })).toEqual({ to: '+14155550123', body: 'On my way' });
  expect(after.draftOf('reply +49151', '')).toBe('Yes');
});

it('what was typed to a modem is not: it may be a PIN', async () => {
  const before = await load();
  before.keep('console:350000000000014', { command: 'AT+CPIN=1234' });
  expect(before.draftOf('console:350000000000014', { command: '' })).toEqual({ command: 'AT+CPIN=1234' });
  const after = await load();
  expect(after.draftOf('console:350000000000014', { command: '' })).toEqual({ command: '' });
  expect([...tab.values()].join()).not.toContain('1234');
});

it('nothing is left for whoever signs in next', async () => {
  const before = await load();
  before.keep('compose', { body: 'private' });
  before.forgetDrafts();
  expect((await load()).draftOf('compose', { body: '' })).toEqual({ body: '' });
  expect(tab.size).toBe(0);
});

it.each(['{', '[1,["compose"]]', '[["compose",{"body":1}]]', '[["compose",null]]', '[["compose","x"]]'])(
  'what another version has written down as %s is let go',
  async (written) => {
    tab.set('postern.drafts', written);
    expect((await load()).draftOf('compose', { body: '' })).toEqual({ body: '' });
  },
);

it('what a modem answers after its asker has signed out is kept for nobody', async () => {
  const { draftOf, forgetDrafts, writerOf } = await load();
  const write = writerOf('console:350000000000014', { command: '' });
  write(() => ({ command: 'AT+CLCK' }));
  forgetDrafts();
  write(() => ({ command: 'AT+CPIN=1234' }));
  expect(draftOf('console:350000000000014', { command: '' })).toEqual({ command: '' });
});

it('what a tab wrote down before somebody signed out elsewhere is not there when it is back', async () => {
  const before = await load();
  before.keep('compose', { body: 'private' });
  page.dispatchEvent(new Event('pagehide'));
  browser.set('postern.last-left', '2026-01-01T12:00:00.000Z');
  expect((await load()).draftOf('compose', { body: '' })).toEqual({ body: '' });
  const next = await load();
  next.keep('compose', { body: 'of the next' });
  expect((await load()).draftOf('compose', { body: '' })).toEqual({ body: 'of the next' });
});
