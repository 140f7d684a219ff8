import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../free-ports.ts';
import { friend, ours } from '../messages/gateway-bench.ts';
import { boss, MailBench } from './mail-bench.ts';

/** A mail server that takes what it is given, or replies with `reply` where one is set. */
class Post {
  readonly mails: string[] = [];
  readonly users: string[] = [];
  password = 'open sesame';
  /** Whom each mail was handed over for. */
  readonly envelopes: string[][] = [];
  /** The reply to each recipient that is not taken now. */
  readonly refused = new Map<string, number>();
  reply: { code: number; text: string } | undefined;
  port = 0;
  readonly #server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 10,
    onAuth: ({ username, password }, _session, done) => {
      this.users.push(`${username}:${password}`);
      if (password === this.password) done(null, { user: username });
      else done(Object.assign(new Error('Wrong password'), { responseCode: 535 }));
    },
    onRcptTo: ({ address }, _session, done) => {
      const code = this.refused.get(address.toLowerCase());
      done(code === undefined ? null : Object.assign(new Error('Not now'), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      void buffer(stream).then((octets) => {
        const { reply } = this;
        if (reply) return done(Object.assign(new Error(reply.text), { responseCode: reply.code }));
        this.mails.push(octets.toString());
        this.envelopes.push(session.envelope.rcptTo.map(({ address }) => address));
        return done();
      });
    },
  });

  static async open(port = 0): Promise<Post> {
    const post = new Post();
    const server = post.#server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    post.port = (server.address() as AddressInfo).port;
    onTestFinished(() => new Promise<void>((resolve) => post.#server.close(() => resolve())));
    return post;
  }
}

const dayMs = 24 * 3_600_000;

async function opened(port: number) {
  const bench = await MailBench.open();
  bench.settings = {
    ...bench.settings,
    mail_forward_to: [boss],
    mail_server_host: '127.0.0.1',
    mail_server_port: port,
    mail_server_security: 'none',
  };
  return bench;
}

async function arrive(bench: MailBench, text: string): Promise<void> {
  bench.gateway.table.network.deliver({ from: friend, to: ours, text });
  await until(bench, () => bench.gateway.received().some(({ body }) => body === text));
}

/** Lets sockets have their say between the steps of the clock. */
async function until(bench: MailBench, condition: () => boolean): Promise<void> {
  for (let steps = 0; steps < 5_000 && !condition(); steps++) {
    for (let turns = 0; turns < 40; turns++) await new Promise<void>((resolve) => setImmediate(resolve));
    await bench.gateway.clock.step(1_000);
  }
  expect(condition()).toBe(true);
}

describe('forwarding by e-mail', () => {
  it('sends a text that came in, so that an answer becomes a text', async () => {
    const post = await Post.open();
    const bench = await opened(post.port);
    await arrive(bench, 'Is anybody there?');
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.mails).toHaveLength(1);
    const [mail] = post.mails;
    expect(mail).toContain(`Subject: Text from ${friend} to ${ours}`);
    expect(mail).toContain(`Reply-To: ${friend}@sms.local`);
    expect(mail).toContain('Auto-Submitted: auto-generated');
    expect(mail).toContain('Is anybody there?');
  });

  it('tells of a modem that needs a person', async () => {
    const post = await Post.open();
    const bench = await opened(post.port);
    bench.gateway.events.record('modem.attention', {
      modem_id: '356938035643809',
      port: '/dev/ttyUSB0',
      number: ours,
      problem: { code: 'sim_failure', message: 'The SIM does not answer.\r\nBcc: mallory@example.org' },
      suppressed: 0,
    });
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.mails[0]).toContain('Subject: Postern: The SIM does not answer. Bcc: mallory@example.org');
    expect(post.mails[0]).toContain('Modem: 356938035643809 on /dev/ttyUSB0');
  });

  it('waits on disk until the mail server is there', async () => {
    const [port = 0] = await freePorts(1);
    const bench = await opened(port);
    await arrive(bench, 'First');
    await arrive(bench, 'Second');
    await bench.gateway.clock.advance(60_000);
    expect(bench.store.waiting()).toBe(2);
    const post = await Post.open(port);
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.mails.map((mail) => /First|Second/.exec(mail)?.[0])).toEqual(['First', 'Second']);
  });

  it('tries a mail again that the server refused, and lets the others pass', async () => {
    const post = await Post.open();
    post.reply = { code: 550, text: 'No such user' };
    const bench = await opened(post.port);
    await arrive(bench, 'Refused');
    await until(bench, () => (bench.store.nextDueAt(bench.gateway.clock.now()) ?? 0) > 0);
    post.reply = undefined;
    await arrive(bench, 'Other');
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.mails.map((mail) => /Refused|Other/.exec(mail)?.[0]).toSorted()).toEqual([
      'Other',
      'Refused',
    ]);
    const ids = post.mails.map((mail) => /Message-ID: (.*)/.exec(mail)?.[1]);
    expect(new Set(ids).size).toBe(2);
  });

  it('tries again with those of several who could not have it yet, and with nobody else', async () => {
    const post = await Post.open();
    const bench = await opened(post.port);
    const [deputy, former] = ['Deputy@Example.com', 'former@example.com'];
    bench.settings = { ...bench.settings, mail_forward_to: [boss, deputy, former] };
    post.refused.set(deputy.toLowerCase(), 450).set(former, 550);
    await arrive(bench, 'For all');
    await until(bench, () => post.envelopes.length === 1);
    await bench.gateway.clock.advance(0);
    post.refused.clear();
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.envelopes.flat().map((address) => address.toLowerCase())).toEqual([
      boss,
      'deputy@example.com',
    ]);
    expect(post.envelopes).toHaveLength(2);
  });

  it('sends a mail once although the disk does not take that it was sent', async () => {
    const post = await Post.open();
    const bench = await opened(post.port);
    const { database } = bench.gateway.table;
    database
      .prepare(`CREATE TEMP TRIGGER full BEFORE DELETE ON mail_outbox BEGIN SELECT RAISE(ABORT, 'full'); END`)
      .run();
    await arrive(bench, 'Once');
    await until(bench, () => bench.gateway.clock.monotonic() > 300_000);
    database.prepare('DROP TRIGGER full').run();
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.mails).toHaveLength(1);
  });

  it('does not wait for the time by a clock that was set back since', async () => {
    const post = await Post.open();
    post.reply = { code: 451, text: 'Not now' };
    const bench = await opened(post.port);
    const { clock } = bench.gateway;
    await arrive(bench, 'Late');
    await until(bench, () => (bench.store.nextDueAt(clock.now()) ?? 0) > 0);
    post.reply = undefined;
    clock.shift(-5 * 3_600_000);
    bench.forwarder.clockMoved(-5 * 3_600_000);
    const before = clock.monotonic();
    await until(bench, () => bench.store.waiting() === 0);
    expect(clock.monotonic() - before).toBeLessThan(3_600_000);
  });

  it('gives up what no mail server took for 30 days, and tells for 30 more how much that was', async () => {
    const [port = 0] = await freePorts(1);
    const bench = await opened(port);
    const { clock } = bench.gateway;
    await arrive(bench, 'Old');
    clock.shift(29 * dayMs);
    await arrive(bench, 'Newer');
    await clock.advance(3_600_000);
    expect([bench.store.waiting(), bench.store.givenUp()]).toEqual([2, 0]);
    clock.shift(dayMs);
    await clock.advance(3_600_000);
    expect([bench.store.waiting(), bench.store.givenUp()]).toEqual([1, 1]);
    const post = await Post.open(port);
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.mails.map((mail) => /Old|Newer/.exec(mail)?.[0])).toEqual(['Newer']);
    clock.shift(31 * dayMs);
    await clock.advance(3_600_000);
    expect(bench.store.givenUp()).toBe(0);
  });

  it('tries what seems old because the clock was set ahead for a day before it gives it up', async () => {
    const bench = await opened(1);
    const { clock } = bench.gateway;
    await arrive(bench, 'Just now');
    clock.shift(60 * dayMs);
    bench.forwarder.clockMoved(60 * dayMs);
    await clock.advance(20 * 3_600_000);
    expect([bench.store.waiting(), bench.store.givenUp()]).toEqual([1, 0]);
    await clock.advance(5 * 3_600_000);
    expect([bench.store.waiting(), bench.store.givenUp()]).toEqual([0, 1]);
  });

  it('gives up the oldest of more than ten thousand', async () => {
    const bench = await opened(1);
    const at = bench.gateway.clock.now();
    bench.gateway.table.database.transaction(() => {
      for (let n = 0; n < 10_700; n++) {
        const event = { eventType: 'sms.received', messageId: undefined, data: '{}', at };
        bench.store.keep({ eventId: `event ${n}`, ...event });
      }
    });
    await bench.gateway.clock.advance(3_700_000);
    expect([bench.store.waiting(), bench.store.givenUp()]).toEqual([10_000, 700]);
    expect(bench.store.next(bench.gateway.clock.now() + dayMs)?.event_id).toBe('event 700');
  });

  it('signs in with the password that is kept sealed', async () => {
    const post = await Post.open();
    const bench = await opened(post.port);
    bench.settings = { ...bench.settings, mail_server_user: 'postern' };
    bench.store.setPassword('open sesame');
    const { value } = bench.gateway.table.database
      .prepare<[], { value: string }>(`SELECT value FROM settings WHERE name = 'mail_server_password'`)
      .get() as { value: string };
    expect(value).not.toContain('sesame');
    await arrive(bench, 'Knock, knock');
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.users).toEqual(['postern:open sesame']);
  });

  it('lays a password that is wrong at the door of no mail: none is put off behind the others', async () => {
    const post = await Post.open();
    const bench = await opened(post.port);
    bench.settings = { ...bench.settings, mail_server_user: 'postern' };
    bench.store.setPassword('wrong');
    for (const text of ['First', 'Second', 'Third']) await arrive(bench, text);
    await until(bench, () => post.users.length > 1);
    expect(bench.gateway.table.database.prepare('SELECT sum(attempts) FROM mail_outbox').pluck().get()).toBe(
      0,
    );
    bench.store.setPassword('open sesame');
    bench.forwarder.settingsChanged();
    await until(bench, () => bench.store.waiting() === 0);
    expect(post.mails.map((mail) => /First|Second|Third/.exec(mail)?.[0])).toEqual([
      'First',
      'Second',
      'Third',
    ]);
  });

  it('keeps nothing where nobody is to be told, or not of this', async () => {
    const bench = await opened(1);
    bench.settings = { ...bench.settings, mail_events: ['modem.attention'] };
    await arrive(bench, 'Not forwarded');
    expect(bench.store.waiting()).toBe(0);
    bench.settings = { ...bench.settings, mail_events: ['sms.received'], mail_forward_to: [] };
    await arrive(bench, 'Nor this');
    expect(bench.store.waiting()).toBe(0);
  });

  it('never sends without encryption where that is asked for', async () => {
    const post = await Post.open();
    const bench = await opened(post.port);
    bench.settings = { ...bench.settings, mail_server_security: 'starttls' };
    await arrive(bench, 'Secret');
    await until(bench, () => bench.gateway.clock.monotonic() > 120_000);
    expect(post.mails).toEqual([]);
    expect(bench.store.waiting()).toBe(1);
  });
});
