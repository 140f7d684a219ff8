import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../../foreign-programs.ts';
import { Kannel } from '../../kannel.ts';
import { ownNumber } from '../bench.ts';
import { eventually } from '../eventually.ts';
import { ForeignBench } from './foreign-program.ts';

/** When to give up on what never comes; a busy machine may take long. */
const timeLimit = 120_000;

describe.skipIf(leftOut('bearerbox', 'smsbox'))('kannel', () => {
  let bench: ForeignBench;
  let listener: Server;
  let kannel: Kannel;
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
    kannel = await Kannel.start(messageCentre(bench.device), `${listenerAddress()}/received?from=%p&text=%a`);
    await eventually(
      'the bearer box has set the modem up',
      () => bench.modem.settings.notifications.mode === 2,
      timeLimit / 2,
    );
  });

  afterEach(async () => {
    await kannel.stop();
    await bench.clear();
    listener.close();
  }, timeLimit);

  function listenerAddress(): string {
    return `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  }

  it('sends a text, hears of its delivery, and hands a received one on', { timeout: timeLimit }, async () => {
    const text = {
      from: ownNumber,
      to: '+15557654321',
      text: 'Hello from elsewhere',
      'dlr-mask': '31',
      'dlr-url': `${listenerAddress()}/report?type=%d`,
    };
    await eventually('Kannel takes a text', () => kannel.send(text));
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

function messageCentre(device: string): string {
  return `
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
`;
}
