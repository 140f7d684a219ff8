import { expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route, statuses } from '../../../renderer/shell/route.ts';
import { messageStatuses } from '../../../src/contract/message.ts';

it.each<[string, Route]>([
  ['/', { screen: 'overview' }],
  ['/messages', { screen: 'messages', page: 1 }],
  ['/messages?page=3', { screen: 'messages', page: 3 }],
  ['/messages?status=failed', { screen: 'messages', page: 1, status: 'failed' }],
  ['/messages?status=failed&page=2', { screen: 'messages', page: 2, status: 'failed' }],
])('%s leads there and back', (address, route) => {
  expect(parseRoute(address)).toEqual(route);
  expect(hrefOf(route)).toBe(address);
});

it.each(['/nowhere', '/messages/', ''])('%o is the overview', (address) =>
  expect(parseRoute(address)).toEqual({ screen: 'overview' }),
);

it.each(['0', '-1', '1e3', 'two', '99999999999', ''])('page %o is the first one', (page) => {
  expect(parseRoute(`/messages?page=${page}`)).toEqual({ screen: 'messages', page: 1 });
});

it('knows a status only if the API does', () => {
  expect(parseRoute('/messages?status=lost')).toEqual({ screen: 'messages', page: 1 });
  expect([...statuses].sort()).toEqual([...messageStatuses].sort());
});
