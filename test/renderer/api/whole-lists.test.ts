import { afterEach, expect, it, vi } from 'vitest';
import { simsQuery } from '../../../renderer/api/modem-queries.ts';
import { keysQuery, listQuery, webhooksQuery } from '../../../renderer/api/office-queries.ts';
import { modemsQuery, numbersQuery } from '../../../renderer/api/queries.ts';

const signal = new AbortController().signal;

/** A gateway of which each list has so many entries. */
function listing(total: number): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const query = new URL(path, 'http://localhost').searchParams;
    const [page, perPage] = [Number(query.get('page') ?? 1), Number(query.get('per_page'))];
    const left = Math.max(0, Math.min(perPage, total - (page - 1) * perPage));
    const meta = { page, per_page: perPage, total, total_pages: Math.ceil(total / perPage) };
    const data = Array.from({ length: left }, (_, place) => ({ place: (page - 1) * perPage + place }));
    return Response.json({ success: true, data, meta });
  });
  return asked;
}

async function read(query: object): Promise<readonly unknown[]> {
  const { queryFn } = query as { queryFn: (context: object) => Promise<unknown> };
  const answer = await queryFn({ signal });
  return Array.isArray(answer) ? answer : (answer as { data: readonly unknown[] }).data;
}

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['API keys', keysQuery],
  ['webhooks', webhooksQuery],
  ['who wants no more texts', listQuery('opted-out')],
  ['SIMs', simsQuery],
  ['numbers', numbersQuery],
  ['modems', modemsQuery],
])('reads all there are: %s', async (_name, query) => {
  listing(250);
  const all = await read(query);
  expect(new Set(all.map((entry) => JSON.stringify(entry))).size).toBe(250);
});

it('asks once for what fits a page, and leaves the rest of a very long list', async () => {
  const few = listing(3);
  expect(await read(keysQuery)).toHaveLength(3);
  expect(few).toHaveLength(1);
  listing(100_000);
  expect(await read(listQuery('blocked'))).toHaveLength(1_000);
});
