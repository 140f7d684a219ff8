import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { create, createFrom } from '../../../renderer/api/repeatable.ts';

/** A gateway that takes whatever it is sent; `loses` says how many of its next answers are lost on their way. */
let gateway: Server;
let loses = 0;
let keys: string[] = [];

beforeEach(async () => {
  keys = [];
  gateway = createServer((request, response) => {
    keys.push(String(request.headers['idempotency-key']));
    request.resume();
    if (loses-- > 0) return void response.destroy();
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"success":true,"data":{}}');
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  loses = 0;
  gateway.close();
});

const path = () => `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/v1/sms/send`;

async function lost(sending: Promise<unknown>): Promise<void> {
  await expect(sending).rejects.toMatchObject({ status: 0, code: 'UNANSWERED' });
}

it('the same that is sent again without an answer goes under the same key, whatever was sent between', async () => {
  loses = 2;
  await lost(create(path(), { body: 'x' }));
  await lost(create(path(), { body: 'y' }));
  await create(path(), { body: 'x' });
  await create(path(), { body: 'y' });
  expect(keys[2]).toBe(keys[0]);
  expect(keys[3]).toBe(keys[1]);
  expect(keys[1]).not.toBe(keys[0]);
});

it('the same again once it was taken, and the same elsewhere, is another', async () => {
  await create(path(), { body: 'x' });
  await create(path(), { body: 'x' });
  loses = 2;
  await lost(create(`${path()}/1/resend`));
  await lost(create(`${path()}/2/resend`));
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) expect(key).toMatch(/^page-[\d-]+$/);
});

it('a file that is sent again without an answer goes under the same key', async () => {
  loses = 1;
  await lost(createFrom(path(), 'to,body\n', 'text/csv'));
  await createFrom(path(), 'to,body\n', 'text/csv');
  expect(keys[1]).toBe(keys[0]);
});

it('what was never answered is forgotten some requests later', async () => {
  loses = 10;
  for (let nth = 0; nth < 10; nth++) await lost(create(path(), { nth }));
  await create(path(), { nth: 9 });
  await create(path(), { nth: 0 });
  expect(keys[10]).toBe(keys[9]);
  expect(keys[11]).not.toBe(keys[0]);
});
