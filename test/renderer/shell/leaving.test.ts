import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { leave, leaveWithOthers } from '../../../renderer/shell/leaving.ts';

/** Resolves once what one tab says has come to all that listen. */
async function said(): Promise<void> {
  const last = new BroadcastChannel('postern.left');
  await new Promise((resolve) => last.addEventListener('message', resolve, { once: true }));
  last.close();
}

it('whoever signs out is signed out in each tab, and nothing that was read is left', async () => {
  const tab = new QueryClient();
  tab.setQueryData(['session'], { scopes: [] });
  tab.setQueryData(['messages'], 'private');
  const stop = leaveWithOthers(tab);
  const told = said();
  leave(new QueryClient());
  await told;
  expect([tab.getQueryData(['session']), tab.getQueryData(['messages'])]).toEqual(['signed-out', undefined]);
  stop();
});

it('what the page for signing in has begun to read is not taken from it', async () => {
  const tab = new QueryClient();
  tab.setQueryData(['session'], { scopes: [] });
  const stop = leaveWithOthers(tab);
  const told = said();
  leave(tab);
  tab.setQueryData(['setup'], { password_roles: ['administrator'] });
  await told;
  expect(tab.getQueryData(['setup'])).toBeDefined();
  stop();
});
