import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOut, leftOutUnless } from '../foreign-programs.ts';
import { freePorts } from '../free-ports.ts';
import { ModemBench } from './bench-of-modems.ts';
import { MailServer } from './mail-server.ts';
import { program, RunningGateway, removeDataDir, until } from './running-gateway.ts';

const timeLimit = 240_000;
const ours = '+15550100001';
const friend = '+15557654321';
const boss = 'boss@example.com';
const isRoot = process.getuid?.() === 0;

describe.skipIf(
  leftOut('exim') || leftOutUnless(isRoot, 'A mail server takes on a user of its own: run this as root.'),
)('with a real mail server', () => {
  let bench: ModemBench;
  let gateway: RunningGateway;
  let server: MailServer;
  let mailbox: SMTPServer;
  let serverPort = 0;
  const mails: string[] = [];

  beforeEach(async () => {
    bench = await ModemBench.open();
    const modem = bench.add(ours);
    await modem.plugIn('ttyUSB0');
    const flags = ['--modem', `path=${modem.path('ttyUSB0')},number=${ours}`, '--mail-port', '0'];
    gateway = await RunningGateway.start(flags);
    mailbox = openMailbox(mails);
    const listening = mailbox.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { gates } = JSON.parse(readFileSync(join(gateway.dataDir, 'gateway.json'), 'utf8'));
    [serverPort = 0] = await freePorts(1);
    server = new MailServer(serverPort, {
      texts: gates.mail,
      people: (listening.address() as AddressInfo).port,
    });
    server.start();
    await configure();
    await gateway.online(ours);
  }, timeLimit);

  afterEach(async () => {
    await server.clear();
    await gateway.stop();
    await bench.clear();
    await new Promise<void>((resolve) => mailbox.close(() => resolve()));
    await removeDataDir(gateway.dataDir);
  }, timeLimit);

  /** As an administrator does: settings over the API, the password on the command line. */
  async function configure(): Promise<void> {
    const settings = {
      mail_senders: [boss],
      mail_forward_to: [boss],
      mail_server_host: '127.0.0.1',
      mail_server_port: serverPort,
      mail_server_security: 'none',
      mail_server_user: 'postern',
    };
    const { status } = await gateway.request('/v1/settings', {
      method: 'PATCH',
      body: JSON.stringify(settings),
    });
    expect(status).toBe(200);
    const command = [program, 'mail', 'password', '--data-dir', gateway.dataDir];
    const { stdout } = spawnSync(process.execPath, command, { input: 'open sesame\n', encoding: 'utf8' });
    expect(stdout).toBe('The password is kept.\n');
  }

  async function mail(text: string): Promise<void> {
    const transport = createTransport({ host: '127.0.0.1', port: serverPort, ignoreTLS: true });
    await until('the mail server takes a mail', () =>
      transport.sendMail({ from: boss, to: `${friend}@sms.local`, subject: 'Alarm', text }).then(
        () => true,
        () => false,
      ),
    );
  }

  it('mail becomes a text, and its answer comes back by mail, also over a pause of the server', {
    timeout: timeLimit,
  }, async () => {
    await mail('The freezer is at -3 °C');
    await until('the text left', () => bench.network.submissions.all.length === 1);
    expect(bench.network.submissions.all).toMatchObject([{ to: friend, text: 'The freezer is at -3 °C' }]);

    bench.network.deliver({ from: friend, to: ours, text: 'On my way' });
    await until('the answer came by mail', () => mails.some((mail) => mail.includes('On my way')));
    expect(mails[0]).toContain(`Subject: Text from ${friend} to ${ours}`);

    await server.stop();
    bench.network.deliver({ from: friend, to: ours, text: 'I am there' });
    await gateway.until('it was tried', () => gateway.log.includes('could not be forwarded'));
    server.start();
    await gateway.until('it came all the same', () => mails.some((mail) => mail.includes('I am there')));
  });
});

function openMailbox(mails: string[]): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 10,
    onData: (stream, _session, done) => {
      void buffer(stream).then((octets) => {
        mails.push(octets.toString());
        done();
      });
    },
  });
}
