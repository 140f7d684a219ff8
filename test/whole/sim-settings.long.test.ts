import { beforeAll, expect, test } from 'vitest';
import { CommandedGateway, ours, theirs } from './commanded-gateway.ts';

const commanded = CommandedGateway.duringFile();
const { outcome, postern, program } = commanded;
let iccid: string;

beforeAll(async () => {
  const { body } = await commanded.gateway.request('/v1/sims');
  iccid = (body as { data: { iccid: string }[] }).data[0]?.iccid ?? '';
});

test('a SIM that is paused on the command line keeps its texts, until it is resumed', async () => {
  expect(await postern('sims', 'pause', iccid)).toContain('until it is resumed');
  await commanded.gateway.until('the pause', async () => !(await isOnlineForSending()));
  const id = await commanded.gateway.send(ours, theirs, 'later');
  expect((await commanded.gateway.message(id)).status).toBe('queued');
  await program('sims', 'resume', iccid);
  await commanded.gateway.until(
    'the text to leave',
    async () => (await commanded.gateway.message(id)).status !== 'queued',
  );
});

test('settings are shown as they can be set, and a wrong one is named', async () => {
  const shown = await postern('sims', 'settings', iccid, 'limits.per_day=100', 'time_zone=Europe/Berlin');
  expect(shown).toContain('limits.per_day = 100');
  expect(shown).toContain('time_zone = Europe/Berlin');
  const wrong = await outcome('sims', 'settings', iccid, 'limits.per_day=many');
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('limits.per_day')]);
  const odd = await outcome('settings', 'sending_paused');
  expect(odd.stderr).toContain('"sending_paused" is not of the form name=value');
  expect(await program('settings')).toContain('sending_paused = false');
});

async function isOnlineForSending(): Promise<boolean> {
  const id = await commanded.gateway.send(ours, theirs, 'probe');
  return (await commanded.gateway.message(id)).status !== 'queued';
}
