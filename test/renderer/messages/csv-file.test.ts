import { expect, it } from 'vitest';
import type { Page } from '../../../renderer/api/client.ts';
import { csvFileOf } from '../../../renderer/messages/csv-file.ts';
import type { Message } from '../../../src/contract/message.ts';
import { aMessage } from '../samples.ts';

/** A log that is read a page at a time; `arriving` come in on top of it while a page is read. */
function logOf(messages: number, perPage: number, arriving = 0) {
  let shift = 0;
  return async (page: number): Promise<Page<Message>> => {
    const total = messages + shift;
    const first = (page - 1) * perPage - shift;
    const data = Array.from({ length: Math.min(perPage, messages - first) }, (_, place) =>
      aMessage({ message_id: String(first + place) }),
    );
    shift += arriving;
    return { data, meta: { page, per_page: perPage, total, total_pages: Math.ceil(total / perPage) } };
  };
}

const idsIn = async (content: Blob) =>
  (await content.text())
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[0]);

it('a file has all messages of the log, however many there are', async () => {
  const percents: number[] = [];
  const { content, count } = await csvFileOf(logOf(120_050, 1_000), (percent) => percents.push(percent));
  const ids = await idsIn(content);
  expect([count, ids.length, ids.at(-1)]).toEqual([120_050, 120_050, '120049']);
  expect([percents[0], percents.at(-1)]).toEqual([0, 99]);
  expect(await content.text()).toMatch(/^message_id,/);
});

it('none is there twice where others come in meanwhile', async () => {
  const { content } = await csvFileOf(logOf(1_000, 100, 3), () => undefined);
  const ids = await idsIn(content);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.at(-1)).toBe('999');
});
