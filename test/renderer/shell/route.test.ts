import { expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route, statuses } from '../../../renderer/shell/route.ts';
import { messageStatuses } from '../../../src/contract/message.ts';

it.each<[string, Route]>([
  ['/', { screen: 'overview' }],
  ['/messages', { screen: 'messages', filter: {} }],
  ['/messages?status=failed', { screen: 'messages', filter: { status: 'failed' } }],
  [
    '/messages?q=door&number=%2B15550100142&direction=inbound&from_date=2026-06-01&to_date=2026-06-08&open=id',
    {
      screen: 'messages',
      filter: {
        q: 'door',
        number: '+15550100142',
        direction: 'inbound',
        from_date: '2026-06-01',
        to_date: '2026-06-08',
      },
      open: 'id',
    },
  ],
  [
    '/compose?from=%2B15550100142&to=%2B15550174439&body=See+you',
    { screen: 'compose', from: '+15550100142', to: '+15550174439', body: 'See you' },
  ],
  ['/modems', { screen: 'modems' }],
  ['/modems/867000000000001', { screen: 'modem', id: '867000000000001', tab: 'health' }],
  ['/modems/%2Fdev%2FttyUSB2/console', { screen: 'modem', id: '/dev/ttyUSB2', tab: 'console' }],
])('%s leads there and back', (address, route) => {
  expect(parseRoute(address)).toEqual(route);
  expect(hrefOf(route)).toBe(address);
});

it.each(['/nowhere', '/messages/', '/modems/1/engine', '/modems/1/log/2', '/%', ''])(
  '%o is the overview',
  (address) => expect(parseRoute(address)).toEqual({ screen: 'overview' }),
);

it('words may hold a question mark, also in an address that a person wrote', () =>
  expect(parseRoute('/messages?q=where?&status=failed')).toEqual({
    screen: 'messages',
    filter: { q: 'where?', status: 'failed' },
  }));

it.each(['2026-13-01', 'today', ''])('day %o is left out', (day) => {
  expect(parseRoute(`/messages?from_date=${day}`)).toEqual({ screen: 'messages', filter: {} });
});

it('knows a status only if the API does', () => {
  expect(parseRoute('/messages?status=lost')).toEqual({ screen: 'messages', filter: {} });
  expect([...statuses].sort()).toEqual([...messageStatuses].sort());
});
