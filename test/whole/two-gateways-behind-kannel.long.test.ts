import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { freePorts } from '../free-ports.ts';
import { Kannel } from '../kannel.ts';
import { ModemBench } from './bench-of-modems.ts';
import { messageCentres } from './message-centres.ts';
import { RunningGateway, removeDataDir, until } from './running-gateway.ts';
import { type SmppAccount, smppAccount } from './smpp-account.ts';

/** When to give up on what never comes; a busy machine may take long. */
const timeLimit = 240_000;
const numbers = ['+15550100001', '+15550100002'];
const texts = 60;

interface Office {
  gateway: RunningGateway;
  readonly port: number;
  readonly account: SmppAccount;
  readonly flags: string[];
}

describe.skipIf(leftOut('bearerbox', 'smsbox'))('two gateways behind one Kannel', () => {
  let bench: ModemBench;
  let kannel: Kannel;
  let listener: Server;
  let offices: Office[] = [];
  const reported: string[] = [];
  const received: string[] = [];

  beforeEach(async () => {
    bench = await ModemBench.open();
    listener = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const list = pathname === '/report' ? reported : received;
      list.push(searchParams.get(pathname === '/report' ? 'n' : 'text') ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    offices = await Promise.all(numbers.map(open));
    const receivedUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/received?text=%a`;
    kannel = await Kannel.start(messageCentres(offices), receivedUrl);
    await Promise.all(offices.map(bound));
  }, timeLimit);

  afterEach(async () => {
    await kannel.stop();
    await Promise.all(offices.map(({ gateway }) => gateway.stop()));
    await bench.clear();
    listener.close();
    await Promise.all(offices.map(({ gateway }) => removeDataDir(gateway.dataDir)));
  }, timeLimit);

  async function open(number: string): Promise<Office> {
    const modem = bench.add(number);
    await modem.plugIn(number);
    const flags = ['--modem', `path=${modem.path(number)},number=${number}`, '--smpp-any-sender'];
    const [port = 0] = await freePorts(1);
    const gateway = await RunningGateway.start([...flags, '--smpp-port', String(port)]);
    const account = await smppAccount(gateway.dataDir);
    await gateway.online(number);
    return { gateway, port, account, flags };
  }

  async function bound({ gateway }: Office): Promise<void> {
    await gateway.until('Kannel binds', () => gateway.log.includes('it is bound as transceiver'));
  }

  async function start(office: Office): Promise<void> {
    const { dataDir } = office.gateway;
    office.gateway = await RunningGateway.start([...office.flags, '--smpp-port', String(office.port)], {
      dataDir,
    });
  }

  /** Kannel may not listen yet. */
  async function send(n: number): Promise<void> {
    const report = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/report?n=${n}&type=%d`;
    const text = { from: 'Office', to: '+15557654321', text: `Text ${n}` };
    await until(
      'Kannel takes a text',
      () => kannel.send({ ...text, 'dlr-mask': '1', 'dlr-url': report }),
      () => kannel.log,
    );
  }

  /** How many texts have arrived; the proof of one that arrives while its gateway is stopped can be lost by its modem. */
  async function delivered(): Promise<number> {
    const lists = await Promise.all(offices.map(({ gateway }) => gateway.messages('status=delivered')));
    return lists.flat().length;
  }

  it('share the texts, and lose none while one of them is stopped', { timeout: timeLimit }, async () => {
    const [first, second] = offices as [Office, Office];
    const all = Array.from({ length: texts }, (_, n) => n);
    for (const n of all.slice(0, texts / 2)) await send(n);
    await until('both send', () => new Set(bench.network.submissions.all.map(({ from }) => from)).size === 2);
    await first.gateway.stop();
    for (const n of all.slice(texts / 2)) await send(n);
    await second.gateway.until('the other one goes on', () => reported.length > texts / 2);
    await start(first);
    await until('all have left', () => bench.network.submissions.all.length >= texts);
    await until(
      'all that is delivered is reported',
      async () => (await delivered()) === new Set(reported).size,
    );

    const left = bench.network.submissions.all.map(({ text }) => text);
    expect(left.toSorted()).toEqual(all.map((n) => `Text ${n}`).toSorted());
    expect(new Set(bench.network.submissions.all.map(({ from }) => from))).toEqual(new Set(numbers));
    for (const number of numbers)
      bench.network.deliver({ from: '+15557654321', to: number, text: `To ${number}` });
    await until('texts come in over both', () => received.length === numbers.length);
    expect(received.toSorted()).toEqual(numbers.map((number) => `To ${number}`));
  });
});
