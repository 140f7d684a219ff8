import { expect, it } from 'vitest';
import { conversationsOf } from '../../../renderer/conversations/grouping.ts';
import { aMessage } from '../samples.ts';

const from = (number: string, at: string) =>
  aMessage({ direction: 'inbound', from: number, to: '+15550100142', created_at: `2026-06-08T13:${at}:00Z` });

it('groups by the other side, the newest first, and counts what nobody has seen', () => {
  const messages = [from('+1', '30'), aMessage({ to: '+2' }), from('+1', '20'), from('+1', '10')];
  const read = (number: string) => (number === '+1' ? '2026-06-08T13:10:00Z' : '');
  expect(
    conversationsOf(messages, read).map(({ number, unread, latest }) => [number, unread, latest]),
  ).toEqual([
    ['+1', 2, messages[0]],
    ['+2', 0, messages[1]],
  ]);
});

it('leaves out whom the network did not tell', () => {
  expect(conversationsOf([aMessage({ direction: 'inbound', from: null })], () => '')).toEqual([]);
});
