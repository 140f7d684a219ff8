import { describe, expect, it } from 'vitest';
import { conversationsOf, unreadConversations } from '../../../renderer/conversations/grouping.ts';
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

describe('the unread conversations', () => {
  const read = (number: string) => (number === '+1' ? '2026-06-08T13:50:00Z' : '');
  const inbound = [from('+1', '30'), from('+2', '20'), from('+3', '10')];
  const answer = aMessage({ to: '+2', created_at: '2026-06-08T13:40:00Z' });
  const all = conversationsOf([answer, from('+1', '30')], read);
  const numbers = (open?: string) =>
    unreadConversations(all, conversationsOf(inbound, read), open).map(({ number }) => number);

  it('are those with something unseen, also where the list was not read that far', () => {
    expect(numbers()).toEqual(['+2', '+3']);
  });

  it('show what was said last, whoever said it', () => {
    expect(unreadConversations(all, conversationsOf(inbound, read), undefined)[0]?.latest.to).toBe('+2');
  });

  it('keep the one that is open', () => {
    expect(numbers('+1')).toEqual(['+2', '+1', '+3']);
    expect(numbers('+2')).toEqual(['+2', '+3']);
  });
});
