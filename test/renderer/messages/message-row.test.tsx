import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MessageTable } from '../../../renderer/messages/message-table.tsx';
import { english } from '../../../renderer/texts/en.ts';
import { type Message, messageStatuses } from '../../../src/contract/message.ts';
import { aMessage } from '../samples.ts';

/** The words of a log of one message, as a reader without a screen hears them. */
function wordsOf(message: Message): string {
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <MessageTable messages={[message]} />
    </MantineProvider>,
  );
  const body = markup.slice(markup.indexOf('<tbody'));
  const named = body.replace(/<svg[^>]* aria-label="([^"]*)"[^>]*>/g, '$1');
  return named.replace(/<\/(?:td|p|button)>/g, ' ').replace(/<[^>]*>/g, '');
}

it.each(messageStatuses)('says %s in a word, not by colour alone', (status) => {
  expect(wordsOf(aMessage({ status }))).toContain(english[`status.${status}`]);
});

it('says from whom, to whom and which way', () => {
  const words = wordsOf(aMessage({ direction: 'inbound', from: 'Telekom', status: 'received' }));
  expect(words).toContain('Incoming Telekom +15550174439 See you then.');
});

it('says why a message failed', () => {
  const words = wordsOf(aMessage({ status: 'failed', failure_reason: 'expired: nobody was there in time' }));
  expect(words).toContain('Nobody was there in time');
});

it('says that a part is missing, and that a number is unknown', () => {
  const words = wordsOf(aMessage({ direction: 'inbound', to: null, complete: false }));
  expect(words).toContain('Unknown');
  expect(words).toContain('A part of this text has not arrived');
});

it.each<[string, Partial<Message>]>([
  ['Flash message', { kind: 'flash' }],
  ['a message waits elsewhere', { kind: 'waiting' }],
  ['Data for a program, in hex', { kind: 'data', encoding: 'binary' }],
  ['Could not be read', { kind: 'unreadable', encoding: 'binary' }],
  ['From a blocked sender', { kind: 'text', blocked: true }],
  ['Takes the place of an earlier message', { replaces: '2a583efc-0c41-47b5-a1fe-885fc7ec2720' }],
  ['removed because of its age', { body: '', redacted_at: '2026-06-08T13:30:06Z' }],
  ['Erased on request', { body: '', to: null, erased_at: '2026-06-08T13:30:06Z' }],
])('says "%s" where that is so, and not otherwise', (remark, given) => {
  expect(wordsOf(aMessage({ direction: 'inbound', status: 'received', ...given }))).toContain(remark);
  expect(wordsOf(aMessage({ direction: 'inbound', status: 'received', kind: 'text' }))).not.toContain(remark);
});

it('writes the text as text', () => {
  const words = wordsOf(aMessage({ body: '<img src=x onerror=alert(1)>' }));
  expect(words).toContain('&lt;img src=x onerror=alert(1)&gt;');
});
