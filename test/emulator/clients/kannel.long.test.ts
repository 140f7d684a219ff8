import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../../foreign-programs.ts';
import { ownNumber } from '../bench.ts';
import { eventually } from '../eventually.ts';
import { ForeignBench } from './foreign-program.ts';

/** When to give up on what never comes; a busy machine may take long. */
const timeLimit = 120_000;

describe.skipIf(leftOut('bearerbox', 'smsbox'))('kannel', () => {
  let bench: ForeignBench;
  let listener: Server;
  let sendPort: number;
  const asked: URL[] = [];

  beforeEach(async () => {
    bench = new ForeignBench();
    await bench.plugIn();
    asked.length = 0;
    listener = createServer((request, response) => {
      asked.push(new URL(request.url ?? '/', listenerAddress()));
      response.end('thanks');
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const [adminPort = 0, boxPort = 0, freePort = 0] = await freePorts(3);
    sendPort = freePort;
    const ports = { adminPort, boxPort, sendPort };
    writeFileSync(join(bench.folder, 'kannel.conf'), configuration(bench.device, ports, listenerAddress()));
    bench.start('bearerbox', 'kannel.conf');
    await eventually(
      'the bearer box listens',
      () => bench.modem.settings.notifications.mode === 2,
      timeLimit / 2,
    );
    bench.start('smsbox', 'kannel.conf');
  });

  afterEach(async () => {
    await bench.clear();
    listener.close();
  }, timeLimit);

  function listenerAddress(): string {
    return `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  }

  /** The program may not listen yet. */
  async function send(query: Record<string, string>): Promise<string> {
    const address = `http://127.0.0.1:${sendPort}/cgi-bin/sendsms?${new URLSearchParams(query)}`;
    for (let tries = 0; tries < 100; tries++) {
      const answer = await fetch(address).catch(() => undefined);
      if (answer) return answer.text();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The SMS box never listened.');
  }

  it('sends a text, hears of its delivery, and hands a received one on', { timeout: timeLimit }, async () => {
    const told = await send({
      username: 'tester',
      password: 'secret',
      from: ownNumber,
      to: '+15557654321',
      text: 'Hello from elsewhere',
      'dlr-mask': '31',
      'dlr-url': `${listenerAddress()}/report?type=%d`,
    });
    expect(told).toContain('Accepted for delivery');
    const reports = () =>
      asked.filter((url) => url.pathname === '/report').map((url) => url.searchParams.get('type'));
    await eventually('the report of delivery', () => reports().includes('1'), timeLimit / 2);
    expect(bench.network.submissions.all).toMatchObject([
      { to: '+15557654321', text: 'Hello from elsewhere' },
    ]);

    bench.network.deliver({ from: '+15557654321', to: ownNumber, text: 'Hello @ kannel €' });
    const received = () => asked.find((url) => url.pathname === '/received');
    await eventually('the received text', () => received() !== undefined, timeLimit / 2);
    expect(Object.fromEntries(received()?.searchParams ?? [])).toEqual({
      from: '+15557654321',
      text: 'Hello @ kannel €',
    });
    await eventually('the card is empty', () => bench.modem.sim?.messages.used === 0);
  });
});

/** Ports that nobody listens on now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createTcpServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

function configuration(
  device: string,
  ports: { adminPort: number; boxPort: number; sendPort: number },
  listener: string,
): string {
  return `
group = core
admin-port = ${ports.adminPort}
admin-interface = 127.0.0.1
admin-password = secret
smsbox-port = ${ports.boxPort}
smsbox-interface = 127.0.0.1
dlr-storage = internal

group = smsc
smsc = at
smsc-id = emulated
modemtype = generic
device = ${device}
speed = 115200
my-number = ${ownNumber}
sim-buffering = true

group = modems
id = generic
name = generic
speed = 115200
init-string = "AT+CNMI=2,1,0,1,0"

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${ports.sendPort}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = tester
password = secret

group = sms-service
keyword = default
get-url = "${listener}/received?from=%p&text=%a"
max-messages = 0
`;
}
