import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { ApiError, readOne, readPage } from '../../../renderer/api/client.ts';

let server: Server | undefined;

afterEach(() => server?.close());

/** The address of a server that answers with `listener`. */
async function serving(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
      .end(JSON.stringify(body));

it('reads one thing out of its envelope', async () => {
  const origin = await serving(json(200, { success: true, data: { id: 1 } }));
  expect(await readOne(`${origin}/v1/session`)).toEqual({ id: 1 });
});

it('asks for a page with what is given, and nothing for what is not', async () => {
  const meta = { page: 2, per_page: 50, total: 51, total_pages: 2 };
  let asked = '';
  const origin = await serving((request, response) => {
    asked = request.url ?? '';
    json(200, { success: true, data: ['x'], meta })(request, response);
  });
  const page = await readPage(`${origin}/v1/sms`, { page: 2, status: undefined, number: '+1555' });
  expect(page).toMatchObject({ data: ['x'], meta });
  expect(asked).toBe('/v1/sms?page=2&number=%2B1555');
});

it("throws the API's own error, with the request to name to support", async () => {
  const error = { code: 'INVALID_API_KEY', message: 'The session is over.' };
  const origin = await serving(json(401, { success: false, error }));
  await expect(readOne(origin)).rejects.toMatchObject({ status: 401, ...error, requestId: 'req_1' });
});

it('throws a plain error for an answer that is no envelope', async () => {
  const origin = await serving((_request, response) => response.writeHead(502).end('<html>'));
  await expect(readOne(origin)).rejects.toMatchObject({ status: 502, code: 'INTERNAL_ERROR' });
});

it('tells a gateway that cannot be reached from one that refuses', async () => {
  const origin = await serving((request) => request.socket.destroy());
  await expect(readOne(origin)).rejects.toBeInstanceOf(ApiError);
  await expect(readOne(origin)).rejects.toMatchObject({ status: 0 });
});
