import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { acceptedMessage } from '../../src/contract/message.ts';
import { awayNumber, needsOwnProcess, ownNumber, startApi } from './running-api.ts';

const good = { from: ownNumber, to: '+14155553000', body: 'Your verification code is 482910' };

describe('an accepted text', () => {
  test('is answered with 202 and exactly the documented fields', async () => {
    needsOwnProcess('a clock that is turned by hand');
    const api = await startApi();
    const answer = await api.send(good);
    expect(answer.status).toBe(202);
    expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
    expect(answer.json).toEqual({
      success: true,
      data: {
        message_id: expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        ...good,
        status: 'dispatched',
        created_at: '2026-06-08T13:30:06Z',
      },
    });
    expect(acceptedMessage.parse(answer.json.data)).toEqual(answer.json.data);
  });

  test('can be read at once', async () => {
    const api = await startApi();
    const { message_id } = (await api.send(good)).json.data;
    const { json } = await api.ask(`/v1/sms/${message_id}`);
    expect(json).toMatchObject({
      success: true,
      data: { message_id, ...good, status: 'dispatched', encoding: 'gsm7' },
    });
  });

  test('is queued when its SIM is away', async () => {
    const api = await startApi();
    const answer = await api.send({ ...good, from: awayNumber });
    expect(answer.json.data.status).toBe('queued');
  });

  test('may use every optional field', async () => {
    needsOwnProcess('a clock that is turned by hand');
    const api = await startApi();
    const extras = { validity_seconds: 300, priority: 9, flash: true, client_reference: 'order 7' };
    const answer = await api.send({ ...good, ...extras, scheduled_at: '2026-06-09T08:00:00+02:00' });
    expect(answer.status).toBe(202);
    expect(answer.json.data).toMatchObject({ status: 'queued', client_reference: 'order 7' });
  });

  test.each([
    ['the longest', 'x'.repeat(1_600)],
    ['the longest of emoji, counted as a person would', '\u{1F600}'.repeat(1_600)],
    ['any script', 'Grüße, 你好, שלום, \u{1F469}‍\u{1F469}‍\u{1F467}'],
    ['control characters', 'a\u0000b\u001bc\r\nd'],
    ['a blank', ' '],
  ])('may be %s', async (_what, body) => {
    const api = await startApi();
    const answer = await api.send({ ...good, body });
    expect(answer.status).toBe(202);
    const read = await api.ask(`/v1/sms/${answer.json.data.message_id}`);
    expect(read.json.data.body).toBe(body);
  });

  test.each(['+1234567', '+123456789012345', '123', '12345678', '+15551234567'])(
    'may go to %s',
    async (to) => {
      const api = await startApi();
      expect((await api.send({ ...good, to })).status).toBe(202);
    },
  );

  test('may come with other JSON media type spellings', async () => {
    const api = await startApi();
    for (const type of [
      'application/json',
      'Application/JSON; charset=UTF-8',
      'application/json;charset="utf-8"',
    ]) {
      const answer = await api.send(good, { 'content-type': type });
      expect([type, answer.status]).toEqual([type, 202]);
    }
  });

  test('may come with a byte order mark, in chunks, or after 100-continue', async () => {
    const api = await startApi();
    const text = Buffer.from(JSON.stringify(good));
    const head = `POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${api.key}\r\nContent-Type: application/json\r\n`;
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]);
    const chunk = (part: Buffer) =>
      Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
    const answers = await Promise.all([
      api.raw(head, `Content-Length: ${marked.length}\r\n\r\n`, marked),
      api.raw(
        head,
        'Transfer-Encoding: chunked\r\n\r\n',
        chunk(text.subarray(0, 9)),
        chunk(text.subarray(9)),
        '0\r\n\r\n',
      ),
      api.raw(head, `Expect: 100-continue\r\nContent-Length: ${text.length}\r\n\r\n`, text),
      api.raw(head, `Expect: something-else\r\nContent-Length: ${text.length}\r\n\r\n`, text),
    ]);
    for (const answer of answers) expect(answer).toContain('HTTP/1.1 202 Accepted');
  });
});

describe('a text that is refused', () => {
  const e164 = 'must be an international number in E.164 form, for example +14155552671';
  const someone = expect.stringContaining('short code');
  const required = 'is required';
  const cases: readonly [string, object, Record<string, unknown>][] = [
    ['nothing', {}, { from: required, to: required, body: required }],
    [
      'nulls',
      { from: null, to: null, body: null },
      {
        from: 'must be a string, not null',
        to: 'must be a string, not null',
        body: 'must be a string, not null',
      },
    ],
    [
      'numbers as numbers',
      { ...good, from: 14155552671, to: 14155553000 },
      { from: 'must be a string', to: 'must be a string' },
    ],
    [
      'objects and lists',
      { from: {}, to: ['+14155553000'], body: { $gt: '' } },
      {
        from: 'must be a string',
        to: 'must be a single string',
        body: 'must be a string',
      },
    ],
    ['a sender without plus', { ...good, from: '14155552671' }, { from: e164 }],
    ['a sender that is a word', { ...good, from: 'ACME' }, { from: e164 }],
    ['a sender that is a short code', { ...good, from: '12345' }, { from: e164 }],
    ['an empty sender', { ...good, from: '' }, { from: e164 }],
    ['a recipient of 16 digits', { ...good, to: '+1234567890123456' }, { to: someone }],
    ['a recipient of 6 digits with plus', { ...good, to: '+123456' }, { to: someone }],
    ['a recipient of 9 digits without plus', { ...good, to: '123456789' }, { to: someone }],
    ['a recipient of 2 digits', { ...good, to: '12' }, { to: someone }],
    ['a recipient that begins with 0', { ...good, to: '0123' }, { to: someone }],
    ['a country code that begins with 0', { ...good, to: '+0123456789' }, { to: someone }],
    ['a recipient with blanks', { ...good, to: '+1 415 555 3000' }, { to: someone }],
    ['a recipient with a line end', { ...good, to: '+14155553000\n' }, { to: someone }],
    ['a recipient in other digits', { ...good, to: '+١٤١٥٥٥٥٣٠٠٠' }, { to: someone }],
    ['an AT command as recipient', { ...good, to: '+14155553000";+CMGD=1,4' }, { to: someone }],
    ['an empty body', { ...good, body: '' }, { body: 'must not be empty' }],
    [
      'a body of 1,601 characters',
      { ...good, body: 'x'.repeat(1_601) },
      { body: 'must be at most 1600 characters' },
    ],
    [
      'a body of 1,601 emoji',
      { ...good, body: '\u{1F600}'.repeat(1_601) },
      { body: 'must be at most 1600 characters' },
    ],
    ['half a character', { ...good, body: 'x\ud83d' }, { body: expect.stringContaining('surrogate') }],
    [
      'half a character in the reference',
      { ...good, client_reference: '\ud83d' },
      { client_reference: expect.stringContaining('surrogate') },
    ],
    [
      'a validity that is too short',
      { ...good, validity_seconds: 299 },
      { validity_seconds: 'must be at least 300' },
    ],
    [
      'a validity that is too long',
      { ...good, validity_seconds: 604_801 },
      { validity_seconds: 'must be at most 604800' },
    ],
    [
      'a fraction of a second',
      { ...good, validity_seconds: 300.5 },
      { validity_seconds: 'must be a whole number' },
    ],
    ['a validity as text', { ...good, validity_seconds: '300' }, { validity_seconds: 'must be a number' }],
    ['a priority of 10', { ...good, priority: 10 }, { priority: 'must be at most 9' }],
    ['a priority below 0', { ...good, priority: -1 }, { priority: 'must be at least 0' }],
    ['flash as a word', { ...good, flash: 'yes' }, { flash: 'must be true or false' }],
    [
      'a time without zone',
      { ...good, scheduled_at: '2026-06-09T08:00:00' },
      { scheduled_at: expect.stringContaining('must be a time') },
    ],
    [
      'a day that does not exist',
      { ...good, scheduled_at: '2026-02-30T08:00:00Z' },
      { scheduled_at: expect.stringContaining('must be a time') },
    ],
    [
      'a reference of 129 characters',
      { ...good, client_reference: 'x'.repeat(129) },
      { client_reference: 'must be at most 128 characters' },
    ],
    [
      'fields nobody knows',
      { ...good, text: 'x', sender: 'y' },
      {
        text: 'is not a field of this request',
        sender: 'is not a field of this request',
      },
    ],
    [
      'everything at once',
      { from: 'x', to: 1, priority: 11, nonsense: true },
      {
        from: e164,
        to: 'must be a string',
        body: required,
        priority: 'must be at most 9',
        nonsense: 'is not a field of this request',
      },
    ],
  ];

  test.each(cases)('for %s names every failing field and no other', async (_what, body, details) => {
    const api = await startApi();
    const answer = await api.send(body);
    expect(answer.status).toBe(422);
    expect(answer.json).toEqual({
      success: false,
      error: { code: 'VALIDATION_ERROR', message: expect.any(String), details },
    });
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
  });

  test.each(['[]', '[{"from":"+14155552671"}]', '"text"', '42', 'true', 'null'])(
    'for the JSON %s says that an object is wanted',
    async (body) => {
      const api = await startApi();
      const answer = await api.ask('/v1/sms/send', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(422);
      expect(answer.json.error).toEqual({
        code: 'VALIDATION_ERROR',
        message: 'The body must be a JSON object.',
      });
    },
  );

  test('names a field called __proto__ as any other, and a thousand of them in bounds', async () => {
    const api = await startApi();
    const post = (body: string) =>
      api.ask('/v1/sms/send', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    const answer = await post(
      `{"__proto__": {"from": "+1"}, "constructor": 1, ${JSON.stringify(good).slice(1)}`,
    );
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.json.error.details).sort()).toEqual(['__proto__', 'constructor']);
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, 1]));
    expect(Object.keys((await post(JSON.stringify(many))).json.error.details)).toHaveLength(50);
  });

  test('for a number that is not ours is 404', async () => {
    const api = await startApi();
    const answer = await api.send({ ...good, from: '+14155550000' });
    expect(answer.status).toBe(404);
    expect(answer.json.error).toMatchObject({
      code: 'NUMBER_NOT_FOUND',
      details: { from: expect.any(String) },
    });
  });
});

describe('a body that cannot be read', () => {
  const json = { 'content-type': 'application/json' };
  const text = JSON.stringify(good);
  const cases: readonly [string, Record<string, string | string[]>, string | Buffer, number, string][] = [
    ['nothing at all', json, '', 400, 'INVALID_JSON'],
    ['nothing, of no type', {}, '', 400, 'INVALID_JSON'],
    ['blanks', json, '  \n ', 400, 'INVALID_JSON'],
    ['half an object', json, '{"from": "+1415', 400, 'INVALID_JSON'],
    ['a comma too many', json, '{"from": "+14155552671",}', 400, 'INVALID_JSON'],
    ['single quotes', json, "{'from': 1}", 400, 'INVALID_JSON'],
    ['two objects', json, `${text}${text}`, 400, 'INVALID_JSON'],
    ['NaN', json, '{"priority": NaN}', 400, 'INVALID_JSON'],
    [
      'octets that are not UTF-8',
      json,
      Buffer.concat([Buffer.from('{"body": "'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
      400,
      'INVALID_JSON',
    ],
    ['UTF-16', json, Buffer.from(text, 'utf16le'), 400, 'INVALID_JSON'],
    ['very deep nesting', json, '['.repeat(60_000), 400, 'INVALID_JSON'],
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'from=x',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['plain text', { 'content-type': 'text/plain' }, text, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['no type', {}, text, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an empty type', { 'content-type': '' }, text, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'a relative of JSON',
      { 'content-type': 'application/json-patch+json' },
      text,
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'another charset',
      { 'content-type': 'application/json; charset=latin1' },
      text,
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a compressed body', { ...json, 'content-encoding': 'gzip' }, text, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an encoding nobody knows', { ...json, 'content-encoding': 'x' }, text, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['more than 64 KiB', json, `"${'x'.repeat(64 * 1024 - 1)}"`, 413, 'PAYLOAD_TOO_LARGE'],
    ['far more than 64 KiB', json, 'x'.repeat(5_000_000), 413, 'PAYLOAD_TOO_LARGE'],
    [
      'more than 64 KiB in chunks',
      { ...json, 'transfer-encoding': 'chunked' },
      'x'.repeat(200_000),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ];

  test.each(cases)('for %s is refused in the envelope', async (_what, headers, body, status, code) => {
    const api = await startApi();
    const answer = await api.ask('/v1/sms/send', { method: 'POST', body, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
    expect(answer.headers['x-request-id']).toBeTruthy();
    expect(answer.json).toEqual({ success: false, error: { code, message: expect.any(String) } });
    expect(answer.text).not.toMatch(/node_modules|\.ts:|at Object/);
  });

  test('far too large is refused before it has all come', async () => {
    const api = await startApi();
    const head = `Host: localhost\r\nAuthorization: Bearer ${api.key}\r\nContent-Type: application/json\r\nConnection: close\r\n`;
    const answer = await api.raw(`POST /v1/sms/send HTTP/1.1\r\n${head}Content-Length: 90000000000\r\n\r\n{`);
    expect(answer).toContain('HTTP/1.1 413');
  });

  test('of exactly 64 KiB is read', async () => {
    const api = await startApi();
    const body = `"${'x'.repeat(64 * 1024 - 2)}"`;
    const answer = await api.ask('/v1/sms/send', { method: 'POST', body, headers: json });
    expect(answer.status).toBe(422);
  });

  test('leaves the connection good for the next request', async () => {
    const api = await startApi();
    const head = `Host: localhost\r\nAuthorization: Bearer ${api.key}\r\n`;
    const tooLarge = 'x'.repeat(100_000);
    const answers = await api.raw(
      `POST /v1/sms/send HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: ${tooLarge.length}\r\n\r\n${tooLarge}`,
      `GET /v1/sms HTTP/1.1\r\n${head}Connection: close\r\n\r\n`,
    );
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  test('because its sender went away in the middle troubles nobody', async () => {
    const api = await startApi();
    const socket = connect(api.port, '127.0.0.1');
    socket.write(
      `POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.key}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    await new Promise((resolve) => socket.end(() => resolve(undefined)));
    socket.destroy();
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
  });
});

describe('an Idempotency-Key', () => {
  test('gives the first answer again and sends once', async () => {
    const api = await startApi();
    const key = { 'idempotency-key': 'order-7' };
    const [first, again] = [await api.send(good, key), await api.send(good, key)];
    expect(again.status).toBe(202);
    expect(again.json).toEqual(first.json);
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(1);
  });

  test('used at the same moment many times still sends once', async () => {
    const api = await startApi();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => api.send(good, { 'idempotency-key': 'order-7' })),
    );
    expect(new Set(answers.map(({ json }) => json.data.message_id)).size).toBe(1);
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(1);
  });

  test('with a different request is a conflict, also in an optional field', async () => {
    const api = await startApi();
    const key = { 'idempotency-key': 'order-7' };
    await api.send(good, key);
    for (const other of [
      { ...good, body: 'other' },
      { ...good, priority: 1 },
    ]) {
      const answer = await api.send(other, key);
      expect(answer.status).toBe(409);
      expect(answer.json.error.code).toBe('IDEMPOTENCY_CONFLICT');
    }
  });

  test('belongs to the API key that used it, for a day', async () => {
    const api = await startApi();
    const first = await api.send(good, { 'idempotency-key': 'order-7' });
    const other = api.newKey(['sms:send']);
    const theirs = await api.send(good, { 'idempotency-key': 'order-7', authorization: `Bearer ${other}` });
    expect(theirs.json.data.message_id).not.toBe(first.json.data.message_id);
    await api.clock.advance(24 * 3_600_000);
    const nextDay = await api.send(good, { 'idempotency-key': 'order-7' });
    expect(nextDay.json.data.message_id).not.toBe(first.json.data.message_id);
  });

  test.each([
    ['empty', ''],
    ['of 256 characters', 'x'.repeat(256)],
  ])('that is %s is named as wrong', async (_what, value) => {
    const api = await startApi();
    const answer = await api.send(good, { 'idempotency-key': value });
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.json.error.details)).toEqual(['Idempotency-Key']);
  });

  test('of 255 characters is good', async () => {
    const api = await startApi();
    expect((await api.send(good, { 'idempotency-key': 'x'.repeat(255) })).status).toBe(202);
  });
});

test('a gateway that cannot take texts says so on every way in, and takes none', async () => {
  let why: string | undefined;
  const api = await startApi({ notReady: () => why, allowsGetSend: true });
  const failed = (await api.send({ ...good, scheduled_at: '2030-01-01T00:00:00Z' })).json.data.message_id;
  await api.ask(`/v1/sms/${failed}/cancel`, { method: 'POST' });
  const once = { 'idempotency-key': 'once' };
  const first = await api.send(good, once);
  why = 'The disk is full.';
  const { from, to } = good;
  const csv = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: `to,body\n${to},Hello` };
  for (const [path, asked] of [
    ['/v1/sms/send', { method: 'POST', body: good }],
    ['/v1/sms/batch', { method: 'POST', body: { messages: [good] } }],
    [`/v1/sms/import?from=${encodeURIComponent(from)}`, csv],
    [`/v1/sms/${failed}/resend`, { method: 'POST' }],
    [`/send?${new URLSearchParams({ from, to, text: 'Hello', key: api.key })}`, {}],
  ] as const) {
    const { status, json, headers } = await api.ask(path, asked);
    expect([path, status, headers['retry-after'], json.error]).toEqual([
      path,
      503,
      '10',
      { code: 'NOT_READY', message: 'The disk is full.' },
    ]);
  }
  expect((await api.send(good, once)).json).toEqual(first.json);
  expect((await api.ask('/v1/sms')).json.meta.total).toBe(2);
  expect((await api.ask('/v1/batches')).json.meta.total).toBe(0);
});
