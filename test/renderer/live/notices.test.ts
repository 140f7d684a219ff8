import { expect, it } from 'vitest';
import { noticeQueue } from '../../../renderer/live/notice-queue.ts';
import { type Notice, noticeOf } from '../../../renderer/live/notices.ts';

const received = (body: string) =>
  JSON.stringify({ event_type: 'sms.received', data: { from: '+15550174439', body } });

it('says who wrote what', () => {
  expect(noticeOf(received('OK'))).toEqual({
    tone: 'received',
    title: 'Text from +1 555 017 4439',
    body: 'OK',
  });
});

it('says what is wrong with a modem', () => {
  const event = { event_type: 'modem.attention', data: { problem: { message: 'No SIM.' } } };
  expect(noticeOf(JSON.stringify(event))).toMatchObject({ tone: 'attention', body: 'No SIM.' });
});

it.each(['', '{}', '[]', '{"event_type":"sms.sent","data":{}}', '{"event_type":"sms.received"}'])(
  'says nothing of %o',
  (data) => expect(noticeOf(data)).toBeUndefined(),
);

it('does not cover the page when many come at once', () => {
  const told: Notice[] = [];
  let end = () => {};
  const queue = noticeQueue((notice) => told.push(notice), {
    after: (_delay, action) => {
      end = action;
      return { cancel: () => undefined };
    },
  });
  for (const body of ['1', '2', '3']) queue.add(received(body));
  end();
  expect(told.map(({ title }) => title)).toEqual(['Text from +1 555 017 4439', '2 more notices']);
});

it('is known to the system by its event, which each tab tells', () => {
  const event = { event_id: '01J', event_type: 'sms.received', data: { from: null, body: 'OK' } };
  expect(noticeOf(JSON.stringify(event))?.tag).toBe('01J');
});

it('says how many more there were by the same name in each tab, and by another where others are counted', () => {
  const namesOf = (events: readonly string[]) => {
    const told: Notice[] = [];
    let end = () => {};
    const timers = {
      after: (_delay: number, action: () => void) => {
        end = action;
        return { cancel: () => undefined };
      },
    };
    const queue = noticeQueue((notice) => told.push(notice), timers);
    for (const event_id of events)
      queue.add(JSON.stringify({ event_id, event_type: 'sms.received', data: { from: null } }));
    end();
    return told.map(({ tag }) => tag);
  };
  const names = namesOf(['1', '2', '3']);
  expect(names[1]).toBeDefined();
  expect(namesOf(['1', '2', '3'])).toEqual(names);
  expect(new Set([...names, ...namesOf(['4', '5'])]).size).toBe(4);
});
