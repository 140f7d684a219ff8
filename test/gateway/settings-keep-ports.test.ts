import { expect, onTestFinished, test } from 'vitest';
import { EmulatedModem, EmulatedNetwork, emulatedTransport } from '../../src/emulator/index.ts';
import type { OpenTransport } from '../../src/modem/transport.ts';
import { ManualClock } from '../manual-clock.ts';
import { MortalGateway } from './model/mortal-gateway.ts';

const number = '+15550100001';
const otherNumber = '+15550100009';
const path = '/dev/ttyUSB0';

type Asked = readonly [method: string, path: string, body?: object];

/** A gateway with one modem that is ready, and each time that its port was opened or closed. */
async function serving() {
  const clock = new ManualClock();
  const network = new EmulatedNetwork({ clock });
  const sim = network.addSim({ number });
  const modem = new EmulatedModem({ clock, network, sim });
  modem.powerOn();
  const told: string[] = [];
  const open: OpenTransport = async (where, { baudRate }) => {
    told.push('opened');
    const transport = emulatedTransport(modem, where, baudRate);
    transport.once('close', () => told.push('closed'));
    return transport;
  };
  const gateway = await MortalGateway.start(clock, open, [`path=${path}`]);
  onTestFinished(() => gateway.stop());
  const view = async () => {
    const { data } = await gateway.request('GET', '/v1/modems');
    return (data as { id: string; state: string }[])[0];
  };
  for (let second = 0; second < 60 && (await view())?.state !== 'ready'; second++) await clock.advance(1_000);
  return { clock, gateway, told, iccid: sim.iccid, id: modem.imei, view };
}

/** Everything that a person can set while the gateway serves, but for what other ports and programs would be needed for. */
const changes = (iccid: string, id: string): Asked[] => [
  ['PATCH', `/v1/sims/${iccid}`, { limits: { per_minute: 9, gap_seconds: 2, queue: 1_000 } }],
  ['PATCH', `/v1/sims/${iccid}`, { windows: [{ days: ['mon'], from: '08:00', to: '20:00' }] }],
  ['PATCH', `/v1/sims/${iccid}`, { time_zone: 'Europe/Berlin', country: 'DE', reports: false }],
  ['PATCH', `/v1/sims/${iccid}`, { after_ambiguity: 'resend_once', balance_code: '*100#' }],
  ['PATCH', `/v1/sims/${iccid}`, { number }],
  ['PATCH', `/v1/sims/${iccid}`, { number: otherNumber, label: 'Front desk' }],
  ['PATCH', `/v1/sims/${iccid}`, { pin: '4711', smsc: '+15550000077' }],
  ['PATCH', `/v1/sims/${iccid}`, { number: null, label: null, pin: null, smsc: null }],
  ['POST', `/v1/sims/${iccid}/pause`],
  ['POST', `/v1/sims/${iccid}/resume`],
  ['PATCH', '/v1/settings', { sending_paused: true, long_text_hours: 2, backups_kept: 3 }],
  ['PATCH', '/v1/settings', { sending_paused: false, inbound_from: 'all', opt_out_replies: true }],
  ['PATCH', '/v1/settings', { keep_inbound_days: 90, redact_outbound_days: 60 }],
  ['PATCH', '/v1/network', { allow_hosts: ['postern.local'], smpp_any_sender: true }],
  ['PATCH', '/v1/network', { mail_domain: 'sms.office', https: true }],
  ['POST', '/v1/lists/blocked', { number: '+15557654321' }],
  ['POST', '/v1/keys', { name: 'till', scopes: ['sms:send'] }],
  ['PATCH', `/v1/modems/${id}`, { ussd_way: 'packed' }],
  ['POST', `/v1/modems/${id}/welcome`],
  ['POST', '/v1/emulation', { modems: 1 }],
  ['DELETE', '/v1/emulation'],
];

test('no change of settings closes the port of a modem, or opens it anew', async () => {
  const { clock, gateway, told, iccid, id, view } = await serving();
  expect(told).toEqual(['opened']);
  const refused: unknown[] = [];
  for (const [method, where, body] of changes(iccid, id)) {
    const asked = gateway.request(method, where, body);
    const { status } = await answered(clock, asked);
    if (status >= 400) refused.push([where, body, status]);
    await clock.advance(2_000);
  }
  const { data: file } = await gateway.request('POST', '/v1/settings/export', {});
  const imported = await gateway.request('POST', '/v1/settings/import', { file });
  await clock.advance(60_000);
  expect(refused).toEqual([]);
  expect(imported.status).toBe(200);
  expect(told).toEqual(['opened']);
  expect(await view()).toMatchObject({ id, state: 'ready' });
});

test('a modem that is let go and taken back is closed first, and then opened', async () => {
  const { clock, gateway, told, id, view } = await serving();
  const asked = ['disable', 'enable'].map((act) => gateway.request('POST', `/v1/modems/${id}/${act}`));
  for (const answer of asked) expect((await answered(clock, answer)).status).toBe(200);
  for (let second = 0; second < 60 && (await view())?.state !== 'ready'; second++) await clock.advance(1_000);
  expect(told).toEqual(['opened', 'closed', 'opened']);
});

/** The answer, with the clock going on until it is there. */
async function answered<Answer>(clock: ManualClock, answer: Promise<Answer>): Promise<Answer> {
  let over = false;
  const end = () => {
    over = true;
  };
  answer.then(end, end);
  while (!over) await clock.advance(20);
  return answer;
}
