import { describe, expect, it } from 'vitest';
import { MessageStory } from '../../src/store/message-story.ts';
import { settled, until } from '../modem/eventually.ts';
import { everythingIn } from './everything-in.ts';
import { friend, GatewayBench, losesNextResult, ours, port } from './gateway-bench.ts';

const ready = () => GatewayBench.ready({ latencyMs: 500, reportDelayMs: 1_000 });

describe('cancelling', () => {
  it('takes back a text that still waits, and tells of it', async () => {
    const { bench, clock, network } = await ready();
    const id = await bench.send({ scheduled_at: '2026-06-08T15:00:00Z' });
    expect(bench.control.cancel(id)).toMatchObject({ status: 'failed' });
    expect(bench.message(id).failure_reason).toMatch(/^cancelled: /);
    await clock.advance(2 * 3_600_000);
    expect(network.submissions.count).toBe(0);
    expect(bench.toldOf(id)).toEqual(['sms.failed']);
    expect(bench.story(id)).toEqual(['accepted', 'cancelled']);
  });

  it('is refused once a segment was handed over, even if the network refused it', async () => {
    const { bench, modem, clock } = await ready();
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 42 }, times: 1 }];
    const id = await bench.send();
    await until(clock, 'refused', () => bench.story(id).includes('postponed'));
    expect(() => bench.control.cancel(id)).toThrow(
      expect.objectContaining({ code: 'MESSAGE_NOT_CANCELLABLE' }),
    );
    await bench.reaches(id, 'delivered');
    expect(() => bench.control.cancel(id)).toThrow(
      expect.objectContaining({ code: 'MESSAGE_NOT_CANCELLABLE' }),
    );
  });

  it('of a message that is none, or came in, finds nothing', async () => {
    const { bench } = await ready();
    expect(() => bench.control.cancel('nothing')).toThrow(
      expect.objectContaining({ code: 'MESSAGE_NOT_FOUND' }),
    );
  });
});

describe('sending again', () => {
  it('makes a new message that names the failed one', async () => {
    const { bench, modem, clock } = await ready();
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 1 }, times: 1 }];
    const failed = await bench.send({ body: 'again', client_reference: 'order 7' });
    await bench.reaches(failed, 'failed: recipient_unknown');
    const accepted = await settled(clock, bench.control.resend(failed, { keyId: 'key' }));
    expect(accepted.message_id).not.toBe(failed);
    const message = await bench.reaches(accepted.message_id, 'delivered');
    expect(message).toMatchObject({ body: 'again', resend_of: failed, client_reference: 'order 7' });
    expect(bench.status(failed)).toBe('failed: recipient_unknown');
  });

  it('is refused while a message has not failed', async () => {
    const { bench } = await ready();
    const id = await bench.send();
    await expect(bench.control.resend(id, { keyId: 'key' })).rejects.toMatchObject({
      code: 'MESSAGE_NOT_RESENDABLE',
    });
  });
});

describe('erasing', () => {
  it('leaves no trace of text and number in the database, and keeps that there was a message', async () => {
    const { bench, clock } = await ready();
    const secret = 'meet me at the harbour';
    const id = (await bench.accept({ body: secret }, { idempotencyKey: 'once' })).message_id;
    await bench.reaches(id, 'delivered');
    bench.control.erase(id);
    expect(bench.message(id)).toMatchObject({
      status: 'delivered',
      body: '',
      to: null,
      from: ours,
      segment_count: 1,
    });
    expect(bench.message(id).erased_at).toBeDefined();
    expect(everythingIn(bench)).not.toContain(secret);
    expect(everythingIn(bench)).not.toContain(friend.slice(1));
    const again = await bench.accept({ body: secret }, { idempotencyKey: 'once' });
    expect(again.message_id).toBe(id);
    await clock.advance(60_000);
    expect(bench.table.network.submissions.count).toBe(1);
  });

  it('takes a text that came in out of log and events', async () => {
    const { bench, clock } = await ready();
    const body = 'nobody else should read this';
    bench.table.network.deliver({ from: friend, to: ours, text: body });
    await until(clock, 'received', () => bench.received().length === 1);
    await clock.advance(5_000);
    const id = bench.received()[0]?.message_id ?? '';
    expect(bench.control.erase(id)).toMatchObject({ body: '', from: null, to: ours, status: 'received' });
    expect(everythingIn(bench)).not.toContain(body);
    expect(everythingIn(bench)).not.toContain(friend.slice(1));
  });

  it('is refused for a text that still waits', async () => {
    const { bench } = await ready();
    const id = await bench.send({ scheduled_at: '2026-06-08T15:00:00Z' });
    expect(() => bench.control.erase(id)).toThrow(expect.objectContaining({ code: 'MESSAGE_NOT_FINAL' }));
  });
});

describe('a text of unknown fate, where a person chose resend_once', () => {
  it('leaves once more, marked, and then never again', async () => {
    const { bench, modem, network, clock } = await ready();
    bench.table.network.addPhone(friend, { reports: [] });
    bench.set({ after_ambiguity: 'resend_once', evidence_seconds: 30 });
    losesNextResult(modem);
    const id = await bench.send();
    await until(clock, 'ambiguous', () => bench.story(id).includes('segment_ambiguous 1'), 400_000);
    await bench.reaches(id, 'sent', 400_000);
    expect(network.submissions.count).toBe(2);
    expect(bench.timeline(id).find(({ entry }) => entry === 'resent')?.detail).toMatch(/may arrive twice/);
  });

  it('is given up when the second time tells nothing either', async () => {
    const { bench, modem, network } = await ready();
    bench.table.network.addPhone(friend, { reports: [] });
    bench.set({ after_ambiguity: 'resend_once' });
    modem.faults.loseNextSendResults = 2;
    const id = await bench.send();
    await bench.reaches(id, 'failed: ambiguous_submit', 1_200_000);
    expect(network.submissions.count).toBe(2);
  });

  it('stays where it is when its report comes in time', async () => {
    const { bench, modem, network } = await ready();
    bench.set({ after_ambiguity: 'resend_once' });
    losesNextResult(modem);
    const id = await bench.send();
    await bench.reaches(id, 'delivered', 400_000);
    expect(network.submissions.count).toBe(1);
  });
});

it('the story of a message tells its parts, their attempts and their PDUs', async () => {
  const { bench, modem } = await ready();
  modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 42 }, times: 1 }];
  const id = await bench.send({ body: 'x'.repeat(200) });
  await bench.reaches(id, 'delivered');
  const stories = new MessageStory(bench.table.database);
  const story = stories.of(id);
  expect(story?.parts.map(({ state, attempts }) => [state, attempts.map(({ outcome }) => outcome)])).toEqual([
    ['delivered', ['rejected', 'accepted']],
    ['delivered', ['accepted']],
  ]);
  expect(story?.parts[0]?.attempts[0]).toMatchObject({ port, code: '+CMS ERROR: 42' });
  expect(stories.pdus(id)?.map(({ part, attempt }) => [part, attempt])).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
  ]);
  expect(stories.of('nothing')).toBeUndefined();
});
