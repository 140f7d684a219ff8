import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { createLog } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { eraseMessage, redactMessage } from '../../src/store/emptying.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { SearchIndex } from '../../src/store/search-index.ts';
import { ManualClock } from '../manual-clock.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

const ours = ['+14155552671', '+14155552672'] as const;
const others = ['+14155553000', '+14155553001', ours[0], 'ACME'] as const;
const days = ['2026-06-08', '2026-06-09', '2026-06-10'] as const;
const bodies = ['hello World', 'Ünï code', 'ab', 'x"y*z', '100%_ off', 'hello hello', '\0 nul', ''] as const;

const stored = fc.record({
  isInbound: fc.boolean(),
  own: fc.constantFrom(...ours),
  other: fc.constantFrom(...others),
  status: fc.constantFrom('queued', 'sent', 'delivered', 'failed'),
  body: fc.constantFrom(...bodies),
  client_reference: fc.constantFrom(null, 'order 7'),
  day: fc.constantFrom(...days),
  hidden: fc.constantFrom(0, 0, 0, 1),
  raw: fc.constantFrom(null, null, '0415'),
  kind: fc.constantFrom('text', 'text', 'flash', 'data'),
  blocked: fc.constantFrom(0, 0, 1),
});
const change = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: fc.constant('insert' as const), message: stored }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constantFrom('move', 'erase', 'redact', 'remove', 'hide', 'block', 'mend', 'index'),
      place: fc.nat(30),
    }),
  },
);
const query = fc.record(
  {
    number: fc.constantFrom(...ours, ...others, '0415', '+19999999'),
    direction: fc.constantFrom('inbound', 'outbound'),
    status: fc.constantFrom('queued', 'sent', 'delivered', 'failed', 'received'),
    from_date: fc.constantFrom(...days),
    to_date: fc.constantFrom(...days),
    q: fc.constantFrom('hello', 'HELLO w', 'ab', 'x"y', 'Ünï', 'ünï', '%_ ', 'l', '\0 n', 'zebra'),
    client_reference: fc.constant('order 7'),
    kind: fc.constantFrom('text', 'text', 'data'),
    blocked: fc.constantFrom('true', 'false', 'false'),
    hidden: fc.constant('true'),
    page: fc.constantFrom('1', '2', '4'),
    per_page: fc.constantFrom('2', '5'),
  },
  { requiredKeys: [] },
);
type Query = Record<string, string | undefined>;
type Made<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

class Office {
  readonly database: Database = temporaryDatabase();
  readonly log = new MessageLog(this.database);
  readonly index = new SearchIndex(this.database, new ManualClock(), createLog({ level: 'silent' }));

  change(made: Made<typeof change>): void {
    if (made.what === 'insert') return this.#insert(made.message);
    if (made.what === 'index') return this.index.takeIn();
    const seq = this.database
      .prepare<[number], { seq: number }>('SELECT seq FROM messages ORDER BY seq LIMIT 1 OFFSET ?')
      .get(made.place)?.seq;
    if (seq === undefined) return;
    if (made.what === 'erase') eraseMessage(this.database, seq, 1);
    else if (made.what === 'redact') redactMessage(this.database, seq, 1);
    else this.#run(changes[made.what], seq);
  }

  #insert({ isInbound, own, other, day, hidden, raw, kind, blocked, ...message }: Made<typeof stored>): void {
    const id = storeMessage(this.database, {
      ...message,
      direction: isInbound ? 'inbound' : 'outbound',
      status: isInbound ? 'received' : message.status,
      from: isInbound ? other : own,
      to: isInbound ? own : other,
      created_at: `${day}T12:00:00Z`,
    });
    if (!isInbound) return;
    this.#run(
      'UPDATE messages SET hidden = @hidden, raw_from = @raw, kind = @kind, blocked = @blocked WHERE message_id = @id',
      { id, hidden, raw, kind, blocked },
    );
  }

  #run(sql: string, value: unknown): void {
    this.database.prepare(sql).run(value);
  }

  /** What a page must show, found by looking at every message. */
  expected(asked: Query): { ids: string[]; total: number } {
    const { page = '1', per_page: perPage = '20' } = asked;
    const all = this.database
      .prepare<[object], { message_id: string }>(
        `SELECT message_id FROM messages NOT INDEXED
         WHERE (@number IS NULL OR @number IN (from_number, to_number, raw_from))
           AND direction = coalesce(@direction, direction) AND status = coalesce(@status, status)
           AND (@from IS NULL OR date(created_at / 1000, 'unixepoch') >= @from)
           AND (@to IS NULL OR date(created_at / 1000, 'unixepoch') <= @to)
           AND (@q IS NULL OR instr(lower(body), lower(@q)) > 0)
           AND (@reference IS NULL OR client_reference = @reference)
           AND kind = coalesce(@kind, kind) AND blocked = coalesce(@blocked, blocked)
           AND (@hidden = 'true' OR @kind IS NOT NULL OR hidden = 0) ORDER BY seq DESC`,
      )
      .all({
        number: asked.number ?? null,
        direction: asked.direction ?? null,
        status: asked.status ?? null,
        from: asked.from_date ?? null,
        to: asked.to_date ?? null,
        q: asked.q ?? null,
        reference: asked.client_reference ?? null,
        kind: asked.kind ?? null,
        blocked: asked.blocked === undefined ? null : Number(asked.blocked === 'true'),
        hidden: asked.hidden ?? 'false',
      })
      .map(({ message_id: id }) => id);
    const start = (Number(page) - 1) * Number(perPage);
    return { ids: all.slice(start, start + Number(perPage)), total: all.length };
  }

  shown(asked: Query): { ids: string[] | undefined; total: number | undefined } {
    const page = this.log.page(messageQuery.parse(asked));
    return { ids: page?.data.map(({ message_id: id }) => id), total: page?.total };
  }
}

const changes = {
  move: `UPDATE messages SET status = iif(status = 'sent', 'delivered', 'sent') WHERE seq = ? AND direction = 'outbound'`,
  hide: 'UPDATE messages SET hidden = 1 - hidden WHERE seq = ?',
  block: 'UPDATE messages SET blocked = 1 - blocked WHERE seq = ?',
  mend: `UPDATE messages SET body = body || ' mended hello' WHERE seq = ?`,
  remove: 'DELETE FROM messages WHERE seq = ?',
} as const;

describe('pages of the log, whatever became of the messages', () => {
  test('show and count what a look at every message finds', () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 10, maxLength: 60 }),
        fc.array(query, { minLength: 20, maxLength: 20 }),
        (made, asked) => {
          const office = new Office();
          for (const [place, each] of made.entries()) {
            office.change(each);
            if (place % 10 > 0) continue; // the same again and again, as somebody does who leafs through a list
            for (const one of asked) expect([one, office.shown(one)]).toEqual([one, office.expected(one)]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('of ordinary texts and of what is not blocked leave out whatever is neither', () => {
    const office = new Office();
    const message = {
      own: ours[0],
      other: others[0],
      status: 'sent',
      body: 'ab',
      client_reference: null,
    } as const;
    for (const kind of ['text', 'text', 'flash', 'data'] as const) {
      for (const blocked of [0, 1] as const) {
        for (const hidden of [0, 1] as const) {
          for (const isInbound of [true, true, false]) {
            const more = { kind, blocked, hidden, isInbound, raw: null, day: days[blocked] ?? days[0] };
            office.change({ what: 'insert', message: { ...message, ...more } });
          }
        }
      }
    }
    for (const kind of [{ kind: 'text' }, { kind: 'data' }, {}]) {
      for (const blocked of [{ blocked: 'false' }, { blocked: 'true' }, {}]) {
        for (const more of [{}, { direction: 'inbound' }, { to_date: days[0] }, { hidden: 'true' }]) {
          const asked = { ...kind, ...blocked, ...more, per_page: '100' };
          expect([asked, office.shown(asked)]).toEqual([asked, office.expected(asked)]);
        }
      }
    }
  });

  test('pass over days by their counts, also where the clock was set back', () => {
    const office = new Office();
    for (let place = 0; place < 90; place++) {
      const day = place === 70 ? days[0] : (days[Math.floor(place / 30)] ?? days[2]);
      storeMessage(office.database, { created_at: `${day}T12:00:00Z` });
    }
    for (let page = 1; page <= 7; page++) {
      const asked = { page: String(page), per_page: '15' };
      expect(office.shown(asked)).toEqual(office.expected(asked));
    }
  });
});
