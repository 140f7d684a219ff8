import { describe, expect, test } from 'vitest';
import { importReport } from '../../src/contract/batch.ts';
import { ownNumber, type RunningApi, startApi } from './running-api.ts';

function load(
  api: RunningApi,
  csv: string | Buffer,
  query = '',
  headers: Record<string, string> = {},
  from = ownNumber,
) {
  return api.ask(`/v1/sms/import?from=${encodeURIComponent(from)}${query}`, {
    method: 'POST',
    body: csv,
    headers: { 'content-type': 'text/csv; charset=utf-8', ...headers },
  });
}

async function texts(api: RunningApi): Promise<[string, string][]> {
  const { data } = (await api.ask('/v1/sms?per_page=100')).json;
  return data.map(({ to, body }: { to: string; body: string }) => [to, body]).reverse();
}

describe('a CSV file', () => {
  test.each([
    ['as programs write it', 'to,body\n+14155553000,Hello\n'],
    ['of a spreadsheet', '\ufeffTo;Text\r\n0014155553000;Hello\r\n'],
    ['with tabs', 'to\tmessage\n+1 (415) 555-3000\tHello'],
    ['with quotes and empty lines', '"to","body"\n\n"+1-415-555-3000","Hello"\n\n'],
    ['with its columns the other way round', 'body,phone\nHello,+1.415.555.3000\n'],
    ['with a zero for those within the country', 'to,body\n+1 (0) 415 555-3000,Hello\n'],
  ])('%s becomes texts', async (_what, csv) => {
    const api = await startApi();
    const answer = await load(api, csv);
    expect(answer.status).toBe(202);
    expect(importReport.strict().parse(answer.json.data)).toMatchObject({
      dry_run: false,
      rows: 1,
      accepted: 1,
      refused: 0,
      segments: 1,
      errors: [],
    });
    expect(await texts(api)).toEqual([['+14155553000', 'Hello']]);
  });

  test('keeps line ends and quotes within a text, and takes every column', async () => {
    const api = await startApi();
    const csv =
      'to,body,client_reference,priority,flash,validity_seconds,colour\n' +
      '+14155553000,"He said ""yes"",\nthen left",order 7,9,yes,600,red\n';
    const answer = await load(api, csv);
    expect(answer.json.data).toMatchObject({ accepted: 1, ignored_columns: ['colour'] });
    const { data } = (await api.ask('/v1/sms')).json;
    expect(data[0]).toMatchObject({ body: 'He said "yes",\nthen left', client_reference: 'order 7' });
    const row = api.database.prepare('SELECT priority, flash FROM messages').get();
    expect(row).toEqual({ priority: 9, flash: 1 });
  });

  test('in a dry run is judged row by row, as it would be in earnest, and sends nothing', async () => {
    const api = await startApi();
    const csv = `to,body,from\n+14155553000,${'x'.repeat(161)},\n123,short code,\n+0,bad,\n+14155553001,,\n+14155553002,x,+14155550000\n`;
    const dry = await load(api, csv, '&dry_run=true');
    expect(dry.status).toBe(200);
    expect(dry.json.data).toMatchObject({
      dry_run: true,
      batch_id: null,
      rows: 5,
      accepted: 2,
      refused: 3,
      segments: 3,
    });
    expect(dry.json.data.errors).toMatchObject([
      { row: 4, error: { code: 'VALIDATION_ERROR', details: { to: expect.any(String) } } },
      { row: 5, error: { code: 'VALIDATION_ERROR', details: { body: 'is required' } } },
      { row: 6, error: { code: 'NUMBER_NOT_FOUND' } },
    ]);
    expect(await texts(api)).toEqual([]);
    expect((await api.ask('/v1/batches')).json.meta.total).toBe(0);
    const done = (await load(api, csv)).json.data;
    expect({ ...done, dry_run: true, batch_id: null }).toEqual(dry.json.data);
    expect((await api.ask(`/v1/batches/${done.batch_id}`)).json.data).toMatchObject({ total: 2, refused: 3 });
  });

  test('of thousands of rows becomes one batch, and given again with its key sends nothing twice', async () => {
    const api = await startApi();
    const rows = Array.from({ length: 1_500 }, (_, index) => `+1415555${3000 + index},row ${index}`);
    const csv = `to,body\n${rows.join('\n')}\n`;
    const [first, again] = [
      await load(api, csv, '&paused=true', { 'idempotency-key': 'file' }),
      await load(api, csv, '&paused=true', { 'idempotency-key': 'file' }),
    ];
    expect(again.json).toEqual(first.json);
    const batch = await api.ask(`/v1/batches/${first.json.data.batch_id}`);
    expect(batch.json.data).toMatchObject({ state: 'paused', total: 1_500, counts: { queued: 1_500 } });
    const other = await load(api, 'to,body\n+14155553000,x\n', '', { 'idempotency-key': 'file' });
    expect(other.json.error.code).toBe('IDEMPOTENCY_CONFLICT');
  });

  test.each([
    ['nothing', ''],
    ['titles alone', 'to,body\n'],
    ['no column of recipients', 'name,body\nx,y\n'],
    ['no column of texts', 'to,name\n+14155553000,y\n'],
    ['two columns of recipients', 'to,phone,body\n+14155553000,+14155553001,y\n'],
    ['more cells than titles', 'to,body\n+14155553000,Hello, you\n'],
    ['a quote that never ends', 'to,body\n+14155553000,"Hello\n'],
    ['a text without end', `to,body\n+14155553000,${'x'.repeat(200_000)}\n`],
    ['too many rows', `to,body\n${'+14155553000,x\n'.repeat(10_001)}`],
  ])('with %s is refused as a whole', async (_what, csv) => {
    const api = await startApi();
    const answer = await load(api, csv);
    expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, ['csv']]);
    expect(await texts(api)).toEqual([]);
  });

  test('is not read where the sender asked for is no number', async () => {
    const api = await startApi();
    const answer = await load(api, 'to,body\n+14155553000,Hello\n', '', {}, 'desk');
    expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, ['from']]);
    expect((await api.ask('/v1/batches')).json.meta.total).toBe(0);
  });

  test('that is not UTF-8, or no CSV by its type, is refused with a sentence', async () => {
    const api = await startApi();
    const latin1 = await load(api, Buffer.from('to,body\n+14155553000,Gr\u00fc\u00dfe\n', 'latin1'));
    expect([latin1.status, latin1.json.error.message]).toEqual([400, expect.stringContaining('CSV UTF-8')]);
    const json = await load(api, '{}', '', { 'content-type': 'application/json' });
    expect([json.status, json.json.error.message]).toEqual([415, expect.stringContaining('text/csv')]);
  });
});
