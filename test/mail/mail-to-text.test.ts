import { createTransport } from 'nodemailer';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultGatewaySettings } from '../../src/contract/settings.ts';
import { readMail } from '../../src/mail/mail-text.ts';
import { friend } from '../messages/gateway-bench.ts';
import { boss, domain, MailBench } from './mail-bench.ts';

describe('mail to a number', () => {
  it('becomes a text that leaves', async () => {
    const bench = await MailBench.open();
    await bench.mail({ subject: 'Ignored', text: 'The pump has stopped.\n\n-- \nBoss, Example Ltd' });
    expect(bench.texts()).toEqual(['The pump has stopped.']);
    await bench.gateway.clock.advance(10_000);
    expect(bench.gateway.table.network.submissions.all).toMatchObject([
      { to: friend, text: 'The pump has stopped.' },
    ]);
  });

  it('goes to every number among its recipients, a short code too', async () => {
    const bench = await MailBench.open();
    await bench.mail({
      to: ['+15557654321', '15557654322', '0015557654323', '72404'].map((local) => `${local}@${domain}`),
      text: 'All',
    });
    const rows = bench.gateway.table.database
      .prepare<[], { to_number: string }>('SELECT to_number FROM messages ORDER BY seq')
      .all();
    expect(rows.map(({ to_number }) => to_number)).toEqual([
      '+15557654321',
      '+15557654322',
      '+15557654323',
      '72404',
    ]);
  });

  it('loses what only laid it out, which would make it twice as long', async () => {
    const bench = await MailBench.open();
    await bench.mail({ html: '<p>Pump&nbsp;1 has&shy;&#8203; failed</p>' });
    expect(bench.texts()).toEqual(['Pump 1 has failed']);
  });

  it('is read from HTML where it has nothing else, in whatever character set it comes', async () => {
    const bench = await MailBench.open();
    await bench.mail({ html: '<p>Gr&uuml;&szlig;e <b>aus</b> Köln</p>' });
    expect(bench.texts()).toEqual(['Grüße aus Köln']);
  });

  it('keeps the umlauts of a device that names no character set', async () => {
    const read = async (text: string, encoding: BufferEncoding) =>
      (await readMail(Buffer.from(`Subject: Alarm\r\n\r\n${text}\r\n`, encoding), defaultGatewaySettings))
        .body;
    expect(await read('Feuer in der Küche', 'latin1')).toBe('Feuer in der Küche');
    expect(await read('Feuer in der Küche', 'utf8')).toBe('Feuer in der Küche');
  });

  it.each(['us-ascii', '"US-ASCII"', ' unknown-8bit'])(
    'keeps the umlauts of a device that calls them %s',
    async (charset) => {
      const head = `Subject: Alarm\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`;
      for (const encoding of ['latin1', 'utf8'] as const) {
        const mail = Buffer.from(`${head}Feuer in der Küche\r\n`, encoding);
        expect((await readMail(mail, defaultGatewaySettings)).body).toBe('Feuer in der Küche');
      }
    },
  );

  it('takes the subject by the rule, and where there is no other text', async () => {
    const bench = await MailBench.open();
    await bench.mail({ subject: 'Only a subject' });
    bench.settings = { ...bench.settings, mail_subject: 'prepend' };
    await bench.mail({ subject: 'Alarm', text: 'Door 3 is open' });
    expect(bench.texts()).toEqual(['Only a subject', 'Alarm\nDoor 3 is open']);
  });

  it('is one text where it is delivered twice', async () => {
    const bench = await MailBench.open();
    const mail = { text: 'Once', messageId: '<1@example.com>' };
    await bench.mail(mail);
    await bench.mail(mail);
    await bench.mail({ ...mail, messageId: '<2@example.com>' });
    expect(bench.texts()).toEqual(['Once', 'Once']);
  });

  it('leaves the number of its recipient in no key by which it is known again', async () => {
    const bench = await MailBench.open();
    await bench.mail({ text: 'Once', messageId: '<1@example.com>' });
    await bench.mail({
      envelope: { from: boss, to: [`${friend}@${domain}`] },
      raw: 'Subject: Alarm\r\n\r\nFire\r\n',
    });
    const keys = bench.gateway.table.database
      .prepare<[], string>('SELECT idempotency_key FROM idempotency')
      .pluck()
      .all();
    expect(keys).toHaveLength(2);
    expect(keys.join()).not.toContain(friend.slice(1));
  });

  it('is a text of its own where a device gives all its mails one Message-ID, or long ones that begin alike', async () => {
    const bench = await MailBench.open();
    const long = 'x'.repeat(240);
    await bench.mail({ text: 'Fire', messageId: '<alarm@panel>' });
    await bench.mail({ text: 'Water', messageId: '<alarm@panel>' });
    await bench.mail({ text: 'Gas', messageId: `<${long}1@panel>` });
    await bench.mail({ text: 'Gas', messageId: `<${long}2@panel>` });
    expect(bench.texts()).toEqual(['Fire', 'Water', 'Gas', 'Gas']);
  });

  it('that is too long is refused, or cut, as a person has set it', async () => {
    const bench = await MailBench.open();
    bench.settings = { ...bench.settings, mail_longest: 10 };
    expect(await bench.refusal({ text: 'Eleven char' })).toMatch(/^552 .*11 characters; at most 10/);
    bench.settings = { ...bench.settings, mail_long: 'cut' };
    await bench.mail({ text: 'Eleven char' });
    expect(bench.texts()).toEqual(['Eleven ch…']);
  });

  it.each([
    [
      'of a sender who is not allowed',
      { from: 'mallory@example.org' },
      /^550 mallory@example.org is not among/,
    ],
    ['of nobody, as bounces are', { from: '' }, /^550 Nobody is not among|No sender/],
    ['to another domain', { to: 'someone@example.com' }, /^550 Texts go to numbers at sms.local/],
    ['to what is no number', { to: `someone@${domain}` }, /^550 "someone" is no number/],
    ['without a text', { text: '  ' }, /^550 The mail holds no text/],
    ['that a machine sent as an answer', { headers: { 'Auto-Submitted': 'auto-replied' } }, /^550 Automatic/],
    ['that is larger than a mail should be', { text: 'x'.repeat(1 << 20) }, /^552 /],
  ])('%s is refused with a reply that says so', async (_, mail, reply) => {
    const bench = await MailBench.open();
    expect(await bench.refusal({ text: 'Hello', ...mail })).toMatch(reply);
    expect(bench.texts()).toEqual([]);
  });

  it('is refused where its recipient has opted out', async () => {
    const bench = await MailBench.open();
    const entry = { number: friend, note: null, source: 'person' } as const;
    bench.gateway.lists.add('opted-out', entry, bench.gateway.clock.now());
    expect(await bench.refusal({ text: 'Unwanted' })).toMatch(/^550 /);
    expect(bench.texts()).toEqual([]);
  });

  it('is to be tried again later where the queue is full', async () => {
    const bench = await MailBench.open();
    bench.gateway.pause(true);
    bench.gateway.set({ limits: { queue: 1 } } as never);
    await bench.mail({ text: 'First' });
    expect(await bench.refusal({ text: 'Second' })).toMatch(/^452 .*Try later/);
  });

  it('goes to the others where one of its recipients has opted out', async () => {
    const bench = await MailBench.open();
    const entry = { number: friend, note: null, source: 'person' } as const;
    bench.gateway.lists.add('opted-out', entry, bench.gateway.clock.now());
    const to = [friend, '+15557654322'].map((number) => `${number}@${domain}`);
    const mail = { envelope: { from: boss, to }, raw: 'Subject: Alarm\r\n\r\nFire\r\n' };
    for (const alarms of [1, 2]) {
      expect(await bench.refusal(mail)).toMatch(/^550 /);
      expect(bench.texts()).toHaveLength(alarms);
    }
  });

  it('without a Message-ID is one text to each, however often it comes until all are reached', async () => {
    const bench = await MailBench.open();
    bench.gateway.pause(true);
    bench.gateway.set({ limits: { queue: 1 } } as never);
    const to = [friend, '+15557654322'].map((number) => `${number}@${domain}`);
    const mail = { envelope: { from: boss, to }, raw: 'Subject: Alarm\r\n\r\nFire\r\n' };
    expect(await bench.refusal(mail)).toMatch(/^452 /);
    bench.gateway.set({ limits: { queue: 9 } } as never);
    await bench.mail(mail);
    expect(bench.texts()).toEqual(['Fire', 'Fire']);
    await bench.mail(mail);
    expect(bench.texts(), 'an alarm that goes off again').toHaveLength(4);

    bench.gateway.set({ limits: { queue: 5 } } as never);
    expect(await bench.refusal(mail)).toMatch(/^452 /);
    bench.gateway.set({ limits: { queue: 9 } } as never);
    await bench.gateway.clock.advance(31 * 60_000);
    await bench.mail(mail);
    expect(bench.texts(), 'an alarm that goes off half an hour after one that was refused').toHaveLength(7);
  });

  it('needs an API key where the listener is open to other machines', async () => {
    const bench = await MailBench.open('0.0.0.0');
    expect(await bench.refusal({ text: 'No key' })).toMatch(/^530 /);
    expect(await bench.refusal({ text: 'Wrong', auth: { user: 'office', pass: 'wrong' } })).toMatch(/535 /);
    const { key } = bench.keys.create({ name: 'office', scopes: ['sms:send'] });
    await bench.mail({ from: 'anyone@example.org', text: 'With a key', auth: { user: 'office', pass: key } });
    const reader = bench.keys.create({ name: 'reader', scopes: ['sms:read'] });
    expect(await bench.refusal({ text: 'Not its scope', auth: { user: 'x', pass: reader.key } })).toMatch(
      /^550 /,
    );
    expect(bench.texts()).toEqual(['With a key']);
  });

  it('takes as many mails of a key in a minute as it may do requests', async () => {
    const bench = await MailBench.open('0.0.0.0');
    const { key } = bench.keys.create({ name: 'slow', scopes: ['sms:send'], requests_per_minute: 2 });
    const mail = (text: string) => ({ text, auth: { user: 'slow', pass: key } });
    await bench.mail({ ...mail('One'), to: [`+15557654321@${domain}`, `+15557654322@${domain}`] });
    await bench.mail(mail('Two'));
    expect(await bench.refusal(mail('Three'))).toMatch(/^452 /);
    await bench.gateway.clock.advance(61_000);
    await bench.mail(mail('Four'));
    expect(bench.texts()).toEqual(['One', 'One', 'Two', 'Four']);
  });

  it('takes nothing more over a connection whose key was revoked', async () => {
    const bench = await MailBench.open('0.0.0.0');
    const { id, key } = bench.keys.create({ name: 'office', scopes: ['sms:send'] });
    const auth = { user: 'office', pass: key };
    const kept = createTransport({
      host: '127.0.0.1',
      port: bench.port,
      ignoreTLS: true,
      pool: true,
      maxConnections: 1,
      auth,
    });
    onTestFinished(() => kept.close());
    const send = (text: string) => kept.sendMail({ from: boss, to: `+15557654321@${domain}`, text });
    await send('Before');
    bench.keys.revoke(id);
    await expect(send('After')).rejects.toThrow('revoked');
    expect(bench.texts()).toEqual(['Before']);
  });
});
