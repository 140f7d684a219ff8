import { expect, it } from 'vitest';
import { ChangeBuffer, gatherMs, mostChanges } from '../../../renderer/live/change-buffer.ts';
import type { LiveChange } from '../../../src/contract/event.ts';
import { ManualClock } from '../../manual-clock.ts';
import { aMessage, aModem } from '../samples.ts';

function buffered() {
  const clock = new ManualClock();
  const delivered: (readonly LiveChange[])[] = [];
  let overflows = 0;
  const buffer = new ChangeBuffer({
    timers: clock,
    deliver: (changes) => delivered.push(changes),
    onOverflow: () => overflows++,
  });
  const message = (id: number, status: 'sent' | 'delivered' = 'sent') =>
    buffer.add({ type: 'message.changed', data: aMessage({ message_id: String(id), status }) });
  return { buffer, clock, delivered, overflows: () => overflows, message };
}

it('delivers a burst at once, the last state of each thing', async () => {
  const { clock, delivered, message } = buffered();
  message(1);
  message(2);
  message(1, 'delivered');
  expect(delivered).toEqual([]);
  await clock.advance(gatherMs);
  expect(delivered).toHaveLength(1);
  expect(
    delivered[0]?.map(({ data }) => [
      (data as { message_id: string }).message_id,
      (data as { status: string }).status,
    ]),
  ).toEqual([
    ['2', 'sent'],
    ['1', 'delivered'],
  ]);
});

it('delivers the next burst too', async () => {
  const { clock, delivered, message } = buffered();
  message(1);
  await clock.advance(gatherMs);
  message(1);
  await clock.advance(gatherMs);
  expect(delivered).toHaveLength(2);
});

it('knows that a modem that changed and then went is gone', async () => {
  const { buffer, clock, delivered } = buffered();
  buffer.add({ type: 'modem.changed', data: aModem({ id: '1' }) });
  buffer.add({ type: 'modem.removed', data: { id: '1' } });
  await clock.advance(gatherMs);
  expect(delivered).toEqual([[{ type: 'modem.removed', data: { id: '1' } }]]);
});

it('gives up following when far too much changes, and says so', async () => {
  const { clock, delivered, overflows, message } = buffered();
  for (let id = 0; id <= mostChanges; id++) message(id);
  await clock.advance(gatherMs);
  expect(delivered).toEqual([]);
  expect(overflows()).toBe(1);
  message(1);
  await clock.advance(gatherMs);
  expect(delivered).toHaveLength(1);
});

it('delivers nothing after it is stopped', async () => {
  const { buffer, clock, delivered, message } = buffered();
  message(1);
  buffer.stop();
  await clock.advance(gatherMs);
  expect(delivered).toEqual([]);
});
