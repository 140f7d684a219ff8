import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { EmulatedModem, EmulatedNetwork, emulatedTransport } from '../../src/emulator/index.ts';
import { freePorts } from '../free-ports.ts';
import { ManualClock } from '../manual-clock.ts';
import { settled } from '../modem/eventually.ts';
import { SmppClient } from '../smpp/smpp-client.ts';
import { MortalGateway } from './model/mortal-gateway.ts';

const number = '+15550100001';
const path = '/dev/ttyUSB0';

/** A gateway with one modem that is ready. */
async function serving() {
  const clock = new ManualClock();
  const network = new EmulatedNetwork({ clock });
  const modem = new EmulatedModem({ clock, network, sim: network.addSim({ number }) });
  modem.powerOn();
  const gateway = await MortalGateway.start(
    clock,
    async (where, { baudRate }) => emulatedTransport(modem, where, baudRate),
    [`path=${path}`],
  );
  onTestFinished(() => gateway.stop());
  const inLog = async () => ((await gateway.request('GET', '/v1/sms')).data as object[]).length;
  const turnUntil = async (condition: () => boolean | Promise<boolean>) => {
    for (let second = 0; second < 60 && !(await condition()); second++) await clock.advance(1_000);
  };
  await turnUntil(async () => {
    const { data } = await gateway.request('GET', '/v1/modems');
    return (data as { state: string }[])[0]?.state === 'ready';
  });
  return { clock, network, gateway, inLog, turnUntil };
}

test('a text that comes in while SMPP is moved is kept for its clients', async () => {
  const { clock, network, gateway, inLog, turnUntil } = await serving();
  const [port = 0] = await freePorts(1);
  await gateway.request('PATCH', '/v1/network', { smpp_port: port });
  const scopes = ['sms:read'];
  const { data: made } = await gateway.request('POST', '/v1/keys', { name: 'till', scopes });
  const { id, key } = made as { id: string; key: string };
  const [swift, slow] = [new SmppClient(port), new SmppClient(port)];
  for (const client of [swift, slow]) await client.bind('receiver', id, key);
  slow.socket.pause(); // it hears no goodbye: the gateway waits for it
  const moved = gateway.request('PATCH', '/v1/network', { smpp_any_sender: true });
  await once(swift.socket, 'close');
  network.deliver({ from: '+15557654321', to: number, text: 'meanwhile' });
  await clock.advance(3_000);
  expect(await inLog()).toBe(1);
  expect((await settled(clock, moved)).status).toBe(200);
  const again = new SmppClient(port);
  await again.bind('receiver', id, key);
  await turnUntil(async () => {
    await again.request('enquire_link');
    return again.delivered.length > 0;
  });
  expect(again.delivered.map(({ short_message }) => String(short_message))).toEqual(['meanwhile']);
});

test('parts that SMPP clients brought wait for the rest of their text also when the clock jumps ahead', async () => {
  const { clock, gateway, inLog } = await serving();
  const [port = 0] = await freePorts(1);
  await gateway.request('PATCH', '/v1/network', { smpp_port: port });
  const scopes = ['sms:send', 'sms:read'];
  const { data: made } = await gateway.request('POST', '/v1/keys', { name: 'till', scopes });
  const { id, key } = made as { id: string; key: string };
  const client = new SmppClient(port);
  await client.bind('transmitter', id, key);
  const part = (position: number) =>
    client.submit(`part ${position} `, {
      source_addr: number,
      sar_msg_ref_num: 9,
      sar_total_segments: 2,
      sar_segment_seqnum: position,
    });
  expect((await part(1)).command_status).toBe(0);
  clock.shift(5 * 3_600_000);
  await clock.advance(85_000);
  expect(await inLog()).toBe(0);
  const { message_id } = await part(2);
  const { data } = await gateway.request('GET', `/v1/sms/${message_id}`);
  expect((data as { body: string }).body).toBe('part 1 part 2 ');
});
