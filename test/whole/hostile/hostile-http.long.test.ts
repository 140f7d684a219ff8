import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import type { OpenApiDocument } from '../../../src/api/openapi/document.ts';
import { answersIn, heard, judge, openSocket } from './raw-client.ts';
import { close, host, json, Siege } from './siege.ts';
import { sqlRequests } from './sql-requests.ts';

const siege = Siege.duringFile({ headers: 1, request: 2 });
const { authorized, statusesFor } = siege;

describe('a body', () => {
  afterAll(() => siege.office.sendsOn());

  test('of which ten gigabytes are announced is refused before it comes', async () => {
    const head = `POST /v1/sms/send HTTP/1.1\r\n${authorized()}${json}Content-Length: 10000000000\r\n\r\n`;
    expect(await statusesFor(head, ' '.repeat(100_000))).toEqual([413]);
  });

  test('in chunks without end is refused, and read no further', async () => {
    const socket = openSocket(siege.office.port);
    const all = heard(socket);
    socket.write(`POST /v1/sms/send HTTP/1.1\r\n${authorized()}${json}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const more = () => void (socket.writable && socket.write(chunk, () => setImmediate(more)));
    more();
    const answers = answersIn(await all);
    answers.forEach(judge);
    expect(answers.map(({ status }) => status)).toEqual([413]);
  });

  test('that is announced and never comes is cut off', async () => {
    const socket = openSocket(siege.office.port);
    const all = heard(socket);
    socket.write(`POST /v1/sms/send HTTP/1.1\r\n${authorized()}${json}Content-Length: 20\r\n\r\n{`);
    const answers = answersIn(await all);
    answers.forEach(judge);
    expect(answers.map(({ status }) => status)).toEqual([408]);
  });
});

describe('the protocol', () => {
  test('three hundred requests that stand behind one another are all answered, in order', async () => {
    const requests = Array.from(
      { length: 300 },
      (_, place) => `GET /v1/sms/${place % 2 ? 'x' : '?page=1'} HTTP/1.1\r\n${authorized()}\r\n`,
    );
    requests.push(`GET /healthz HTTP/1.1\r\n${host}${close}\r\n`);
    const statuses = await statusesFor(requests.join(''));
    expect(statuses).toHaveLength(301);
    expect(statuses.filter((_, place) => place % 2 === 1)).toEqual(Array(150).fill(404));
  });
});

describe('connections', () => {
  afterAll(() => siege.office.sendsOn());

  /** Sends one octet after the other until it is cut off; all that came. */
  function dripping(words: string): Promise<string> {
    const socket = openSocket(siege.office.port);
    const all = heard(socket);
    let place = 0;
    const drip = setInterval(() => {
      if (socket.writable && place < words.length) socket.write(words.charAt(place++));
    }, 100);
    return all.finally(() => clearInterval(drip));
  }

  test('on which headers drip are cut off', async () => {
    const head = `GET /v1/sms HTTP/1.1\r\n${authorized()}X: ${'x'.repeat(5_000)}`;
    const all = await Promise.all(Array.from({ length: 100 }, () => dripping(head)));
    for (const answers of all.map(answersIn)) {
      answers.forEach(judge);
      expect(answers.map(({ status }) => status)).toEqual([408]);
    }
  });

  test('on which a body drips are cut off', async () => {
    const head = `POST /v1/sms/send HTTP/1.1\r\n${authorized()}${json}Content-Length: 5000\r\n\r\n`;
    const all = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = openSocket(siege.office.port);
        const answer = heard(socket);
        socket.write(head);
        const drip = setInterval(() => void (socket.writable && socket.write(' ')), 100);
        return answer.finally(() => clearInterval(drip));
      }),
    );
    for (const answers of all.map(answersIn)) {
      answers.forEach(judge);
      expect(answers.map(({ status }) => status)).toEqual([408]);
    }
  });

  test('a thousand of them that are only held open keep nobody out', async () => {
    const held: Socket[] = [];
    for (let count = 0; count < 1_100; count++) {
      const socket = openSocket(siege.office.port);
      held.push(socket);
      await once(socket, 'connect');
      if (count % 2) socket.write(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
      socket.resume();
    }
    await siege.office.sendsOn();
    for (const socket of held) socket.destroy();
  });

  test('a client that reads none of its answers is left to itself', async () => {
    const socket = openSocket(siege.office.port);
    await once(socket, 'connect');
    socket.pause();
    socket.write(`GET /openapi.json HTTP/1.1\r\n${host}\r\n`.repeat(200));
    await siege.office.sendsOn();
    siege.expectBoundedMemory();
    socket.destroy();
  });
});

describe('SQL', () => {
  afterAll(() => siege.office.sendsOn());

  test('in every value of every operation is taken for the words that it is', async () => {
    const document = (await (
      await fetch(`${siege.office.gateway.url}/openapi.json`)
    ).json()) as OpenApiDocument;
    const statuses = new Map<number, number>();
    for (const { method, path, place, headers, body } of sqlRequests(document)) {
      const answer = await siege.ask(method, path, headers, body);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      try {
        judge(answer);
      } catch (error) {
        throw new Error(`${method} ${path} with SQL in ${place}`, { cause: error });
      }
    }
    // it came behind the doors, and was not only turned away
    for (const status of [200, 404, 422])
      expect([status, statuses.get(status) ?? 0]).not.toEqual([status, 0]);
    await siege.office.gateway.request('/v1/settings', { method: 'PATCH', body: '{"sending_paused":false}' });
  });
});

siege.endsWell();
