import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf } from '../test/foreign-programs.ts';
import { Kannel } from '../test/kannel.ts';
import { type MessageCentre, messageCentres } from '../test/whole/message-centres.ts';
import { RunningGateway, removeDataDir } from '../test/whole/running-gateway.ts';
import { smppAccount } from '../test/whole/smpp-account.ts';
import { type Figure, quantile } from './figures.ts';
import { submitTexts } from './smpp-load.ts';

const modemsEach = 8;
const textsEach = 160;
const accepted = 4_000;
const numbers = Array.from(
  { length: modemsEach },
  (_, index) => `+1555010${String(index + 1).padStart(4, '0')}`,
);
const recipient = '+15557654321';

type Office = MessageCentre & { readonly gateway: RunningGateway };

/** What gateways behind an SMS engine do together, and what one takes over SMPP. */
export async function scaling(): Promise<Figure[]> {
  if (!pathOf('bearerbox')) return [{ what: 'scaling', measured: 'left out: apt-get install kannel' }];
  const alone = await pace(1);
  const both = await pace(2);
  return [
    figure('one gateway behind Kannel', alone, 1),
    figure('two gateways behind one Kannel', both, 2),
    ...(await acceptance()),
  ];
}

function figure(what: string, perSecond: number, gateways: number): Figure {
  const bare = `${((gateways * modemsEach) / 0.7).toFixed(1)} texts/s: the network's own pace`;
  return { what: `${what}, ${modemsEach} modems each`, measured: `${perSecond.toFixed(1)} texts/s`, bare };
}

/** Texts a second that leave, from the first that Kannel is given to the last that the network has taken. */
async function pace(gateways: number): Promise<number> {
  const offices = await Promise.all(Array.from({ length: gateways }, () => open()));
  const kannel = await Kannel.start(messageCentres(offices), 'http://127.0.0.1:9/');
  try {
    for (const { gateway } of offices)
      await gateway.until('Kannel binds', () => gateway.log.includes('it is bound'));
    const startedAt = performance.now();
    const count = gateways * textsEach;
    for (let n = 0; n < count; n++) await send(kannel, `Text ${n}`);
    for (;;) {
      const left = await Promise.all(offices.map(({ gateway }) => leftFrom(gateway)));
      if (left.reduce((sum, each) => sum + each, 0) >= count) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return (1_000 * count) / (performance.now() - startedAt);
  } finally {
    await kannel.stop();
    await Promise.all(offices.map(close));
  }
}

/** Kannel answers nobody while its boxes start. */
async function send(kannel: Kannel, text: string): Promise<void> {
  while (!(await kannel.send({ from: 'Office', to: recipient, text })))
    await new Promise((resolve) => setTimeout(resolve, 100));
}

async function leftFrom(gateway: RunningGateway): Promise<number> {
  const totals = await Promise.all(
    ['sent', 'delivered'].map(async (status) => {
      const { body } = await gateway.request(`/v1/sms?per_page=1&status=${status}`);
      return (body as { meta: { total: number } }).meta.total;
    }),
  );
  return totals.reduce((sum, total) => sum + total, 0);
}

async function acceptance(): Promise<Figure[]> {
  const office = await open();
  const paused = JSON.stringify({ sending_paused: true });
  await office.gateway.request('/v1/settings', { method: 'PATCH', body: paused });
  const startedAt = performance.now();
  const took = await submitTexts(office, { from: numbers[0] ?? '', to: recipient }, accepted, 100);
  const perSecond = (1_000 * accepted) / (performance.now() - startedAt);
  await close(office);
  return [
    { what: 'submit_sm on disk, one connection, window 100', measured: `${perSecond.toFixed(0)} texts/s` },
    { what: 'submit_sm to submit_sm_resp, p99', measured: `${quantile(took, 0.99).toFixed(1)} ms` },
  ];
}

async function open(): Promise<Office> {
  const flags = ['--emulate', String(modemsEach), '--smpp-port', '0', '--smpp-any-sender'];
  const gateway = await RunningGateway.start(flags);
  await gateway.online(...numbers);
  const { gates } = JSON.parse(readFileSync(join(gateway.dataDir, 'gateway.json'), 'utf8'));
  return { gateway, port: gates.smpp, account: await smppAccount(gateway.dataDir) };
}

async function close({ gateway }: Office): Promise<void> {
  await gateway.stop();
  await removeDataDir(gateway.dataDir);
}
