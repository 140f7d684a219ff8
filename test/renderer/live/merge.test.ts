import { describe, expect, it } from 'vitest';
import type { Page } from '../../../renderer/api/client.ts';
import { mergeMessage, mergeModem } from '../../../renderer/live/merge.ts';
import type { Message } from '../../../src/contract/message.ts';
import { aMessage, aModem } from '../samples.ts';

const first = { page: 1, perPage: 3, filter: {} };

/** The message of one second of a day; later seconds are newer. */
const at = (second: number, differs: Partial<Message> = {}) =>
  aMessage({ message_id: `id-${second}`, created_at: `2026-06-08T13:30:0${second}Z`, ...differs });

const pageOf = (messages: readonly Message[], total = messages.length): Page<Message> => ({
  data: messages,
  meta: { page: 1, per_page: 3, total, total_pages: Math.ceil(total / 3) },
});

const ids = (page: Page<Message>) => page.data.map(({ message_id }) => message_id);

describe('the first page of the log', () => {
  it('takes a new message in at its head and stays as long as it was', () => {
    const merged = mergeMessage(pageOf([at(3), at(2), at(1)], 9), first, at(4));
    expect(ids(merged)).toEqual(['id-4', 'id-3', 'id-2']);
    expect(merged.meta).toMatchObject({ total: 10, total_pages: 4 });
  });

  it('takes the very first message in', () => {
    expect(ids(mergeMessage(pageOf([]), first, at(1)))).toEqual(['id-1']);
  });

  it('changes a message where it stands', () => {
    const merged = mergeMessage(pageOf([at(2), at(1)]), first, at(1, { status: 'failed' }));
    expect(merged.data.map(({ status }) => status)).toEqual(['delivered', 'failed']);
    expect(merged.meta.total).toBe(2);
  });

  it('loses a message whose place another one took', () => {
    const merged = mergeMessage(pageOf([at(2), at(1)]), first, at(1, { replaced_by: 'id-2' }));
    expect(ids(merged)).toEqual(['id-2']);
    expect(merged.meta.total).toBe(1);
  });

  it('does not take in what the gateway leaves out of the log', () => {
    const page = pageOf([at(2), at(1)]);
    expect(mergeMessage(page, first, at(3, { kind: 'silent' }))).toBe(page);
  });

  it('puts a message that comes late where it belongs, and the later one of a second first', () => {
    expect(ids(mergeMessage(pageOf([at(4), at(2)]), first, at(3)))).toEqual(['id-4', 'id-3', 'id-2']);
    const twin = at(2, { message_id: 'another' });
    expect(ids(mergeMessage(pageOf([at(2)]), first, twin))).toEqual(['another', 'id-2']);
  });

  it('does not guess about one of the same second as the last of a full page', () => {
    const page = pageOf([at(4), at(3), at(2)], 9);
    expect(mergeMessage(page, first, at(2, { message_id: 'another' }))).toBe(page);
  });

  it('leaves out what belongs to an older page', () => {
    const page = pageOf([at(4), at(3), at(2)], 4);
    expect(mergeMessage(page, first, at(1))).toBe(page);
  });
});

describe('a page of one status', () => {
  const failed = { ...first, filter: { status: 'failed' as const } };

  it('takes in a message that has come to it', () => {
    const merged = mergeMessage(pageOf([at(1, { status: 'failed' })]), failed, at(2, { status: 'failed' }));
    expect(ids(merged)).toEqual(['id-2', 'id-1']);
  });

  it('lets go of a message that has left it', () => {
    const merged = mergeMessage(pageOf([at(1, { status: 'failed' })]), failed, at(1, { status: 'sent' }));
    expect(merged).toMatchObject({ data: [], meta: { total: 0, total_pages: 0 } });
  });

  it('takes no notice of others', () => {
    const page = pageOf([at(1, { status: 'failed' })]);
    expect(mergeMessage(page, failed, at(2))).toBe(page);
  });
});

describe('a page of words or days', () => {
  const found = { ...first, filter: { q: 'door' } };

  it('changes its own messages, and leaves it to the gateway which new ones it takes in', () => {
    const page = pageOf([at(1)]);
    expect(mergeMessage(page, found, at(2))).toBe(page);
    expect(mergeMessage(page, found, at(1, { status: 'sent' })).data[0]?.status).toBe('sent');
  });
});

describe('a later page', () => {
  const second = { ...first, page: 2 };

  it('changes its own messages and takes in no new ones', () => {
    const page = pageOf([at(2), at(1)], 5);
    expect(mergeMessage(page, second, at(9))).toBe(page);
    expect(mergeMessage(page, second, at(1, { status: 'sent' })).data[1]?.status).toBe('sent');
  });
});

describe('the modems', () => {
  const alerts = aModem({ id: '1' });
  const desk = aModem({ id: '2' });

  it('keep their places when one changes', () => {
    const changed = aModem({ id: '1', signal_dbm: -90 });
    expect(mergeModem([alerts, desk], changed)).toEqual([changed, desk]);
  });

  it('get a new one at the end', () => {
    expect(mergeModem([alerts], desk)).toEqual([alerts, desk]);
  });
});
