import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Timeline } from '../../../renderer/messages/timeline.tsx';
import type { Story } from '../../../src/contract/story.ts';

const port = '/dev/ttyUSB2';
const story: Story = {
  message_id: '01907000-0000-7000-8000-000000000001',
  origin: null,
  modem: null,
  waits: null,
  events: [
    { at: '2026-06-08T13:30:06Z', entry: 'accepted', part: null, detail: null },
    { at: '2026-06-08T13:30:07Z', entry: 'submitting', part: 1, detail: port },
    { at: '2026-06-08T13:30:08Z', entry: 'segment_accepted', part: 1, detail: 'reference 7' },
  ],
  parts: [],
};

const wordsOf = (modem?: string) =>
  renderToStaticMarkup(<Timeline story={story} modem={modem} />).replace(/<[^>]*>/g, '');

it('calls the modem as the other screens do', () => {
  expect(wordsOf('Alerts')).toContain('Handed to the modem Alerts');
  expect(wordsOf('Alerts')).not.toContain(port);
  expect(wordsOf('Alerts')).toContain('Taken by the network reference 7');
});

it('names the day of a moment that lies on another one', () => {
  const told = (until: string): Story => ({
    ...story,
    events: [
      { at: '2026-06-08T13:30:06Z', entry: 'postponed', part: 1, detail: `refused; again at ${until}` },
    ],
  });
  const words = (until: string) =>
    renderToStaticMarkup(<Timeline story={told(until)} modem={undefined} />).replace(/<[^>]*>/g, '');
  const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
  const later = '2026-06-11T13:30:06Z';
  expect(words(later)).toContain(day.format(Date.parse(later)));
  expect(words('2026-06-08T13:31:06Z')).not.toContain(day.format(Date.parse('2026-06-08T13:31:06Z')));
});

it('names the port of a modem that is not known any more', () => {
  expect(wordsOf()).toContain(`Handed to the modem ${port}`);
});

it('says which part of a text came in when', () => {
  const part = {
    reference: 7,
    report_status: null,
    submitted_at: null,
    accepted_at: null,
    reported_at: null,
    attempts: [],
  };
  const came: Story = {
    ...story,
    events: [
      { at: '2026-06-08T13:30:06Z', entry: 'received', part: 1, detail: null },
      { at: '2026-06-08T13:30:09Z', entry: 'received', part: 2, detail: null },
    ],
    parts: [
      { ...part, part: 1, state: 'received' },
      { ...part, part: 2, state: 'received' },
    ],
  };
  const words = renderToStaticMarkup(<Timeline story={came} modem={undefined} />).replace(/<[^>]*>/g, '');
  expect(words).toContain('Received (segment 2)+3 s');
});
