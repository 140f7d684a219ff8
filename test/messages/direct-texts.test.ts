import { describe, expect, it } from 'vitest';
import { generic, type Profile } from '../../src/emulator/index.ts';
import { MessageStory } from '../../src/store/message-story.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

/** A modem that brings texts directly and stores none. */
const direct: Profile = {
  ...generic,
  notifications: { ...generic.notifications, deliver: [0, 2] },
};

async function ready(profile: Profile = direct) {
  const { bench, modem, network } = await GatewayBench.ready({}, { profile });
  const arrive = () => network.deliver({ from: friend, to: ours, text: 'ok' });
  const bodies = () => bench.received().map(({ body }) => body);
  return { bench, modem, network, arrive, bodies };
}

describe('two direct texts of the very same bytes', () => {
  it('are two where the first was acknowledged: people do send "ok" twice in a second', async () => {
    const { bench, arrive, bodies } = await ready();
    expect(arrive()).toEqual(arrive());
    await until(bench.clock, 'both', () => bodies().length === 2, 5_000);
    await bench.clock.advance(120_000);
    expect(bodies()).toEqual(['ok', 'ok']);
  });

  it('are one where the acknowledgement was refused, and the network repeats the text', async () => {
    const { bench, modem, arrive, bodies } = await ready();
    modem.faults.refusals = [{ command: '+CNMA', result: { kind: 'error' }, times: 1 }];
    arrive();
    await bench.clock.advance(180_000);
    expect(modem.faults.refusals).toEqual([]);
    expect(bodies()).toEqual(['ok']);
  });

  it('are one where the modem was unplugged between them', async () => {
    const { bench, modem, network, bodies } = await ready();
    const [pdu = ''] = network.deliver({ from: friend, to: ours, text: 'ok' });
    await until(bench.clock, 'the first', () => bodies().length === 1, 5_000);
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    bench.table.plug(port, modem);
    await bench.table.reaches(port, 'ready');
    network.deliver({ from: friend, to: ours, pdus: [pdu] });
    await bench.clock.advance(60_000);
    expect(bodies()).toEqual(['ok']);
  });

  it('are one where the gateway was started anew between them', async () => {
    const { bench, network, bodies } = await ready();
    const [pdu = ''] = network.deliver({ from: friend, to: ours, text: 'ok' });
    await until(bench.clock, 'the first', () => bodies().length === 1, 5_000);
    await bench.crash();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    network.deliver({ from: friend, to: ours, pdus: [pdu] });
    await bench.clock.advance(60_000);
    expect(bodies()).toEqual(['ok']);
  });

  it('are one where the modem acknowledges by itself', async () => {
    const { bench, modem, network, bodies } = await ready({
      ...direct,
      lacks: [...(direct.lacks ?? []), '+CSMS'],
    });
    expect(modem.settings.messageService).toBe(0);
    const [pdu = ''] = network.deliver({ from: friend, to: ours, text: 'ok' });
    await until(bench.clock, 'the first', () => bodies().length === 1, 5_000);
    network.deliver({ from: friend, to: ours, pdus: [pdu] });
    await bench.clock.advance(60_000);
    expect(bodies()).toEqual(['ok']);
  });

  it('are one where the second lies in a store, because the modem waited in vain for the first to be acknowledged', async () => {
    const { bench, modem, network, bodies } = await ready();
    const [pdu = ''] = network.deliver({ from: friend, to: ours, text: 'ok' });
    await until(bench.clock, 'the first', () => bodies().length === 1, 5_000);
    const length = pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16);
    modem.sim?.messages.add({ status: 0, pdu, length });
    modem.unsolicited('+CMTI: "SM",1');
    await until(bench.clock, 'an empty store', () => modem.messages.store('SM').used === 0, 5_000);
    expect(bodies()).toEqual(['ok']);
  });

  it('are one where the modems that bring them write their digits in either case', async () => {
    const { bench, modem, network, bodies } = await ready({ ...direct, lacks: ['+CSMS'] });
    const [pdu = ''] = network.deliver({ from: friend, to: ours, text: 'jklmno' });
    await until(bench.clock, 'the first', () => bodies().length === 1, 5_000);
    expect(pdu.toLowerCase()).not.toBe(pdu);
    const length = pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16);
    modem.unsolicited(`+CMT: ,${length}\r\n${pdu.toLowerCase()}`);
    await bench.clock.advance(60_000);
    expect(bodies()).toEqual(['jklmno']);
  });
});

describe('a direct text that lost a digit on the line', () => {
  const cut = (pdu: string) => `${pdu.slice(0, 40)}${pdu.slice(41)}`;

  it('is kept with what can be read of it where the modem has acknowledged it', async () => {
    const { bench, modem, network, bodies } = await ready({ ...direct, lacks: ['+CSMS'] });
    const [pdu = ''] = network.deliver({ from: friend, to: ours, text: 'a first text' });
    await until(bench.clock, 'the first', () => bodies().length === 1, 5_000);
    const broken = cut(pdu);
    modem.unsolicited(`+CMT: ,${pdu.length / 2 - 8}\r\n${broken}`);
    await until(bench.clock, 'the broken one', () => bodies().length === 2, 5_000);
    const id = bench.received().at(-1)?.message_id ?? '';
    expect(new MessageStory(bench.table.database).pdus(id)).toMatchObject([{ pdu: broken }]);
  });

  it('is left to the network to repeat where nobody has acknowledged it', async () => {
    const { bench, modem, network, bodies } = await ready();
    const [pdu = ''] = network.deliver({ from: friend, to: ours, text: 'a first text' });
    await until(bench.clock, 'the first', () => bodies().length === 1, 5_000);
    modem.unsolicited(`+CMT: ,${pdu.length / 2 - 8}\r\n${cut(pdu)}`);
    await bench.clock.advance(60_000);
    expect(bodies()).toEqual(['a first text']);
  });
});
