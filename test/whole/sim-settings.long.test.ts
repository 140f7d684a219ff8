import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandHere, tryCommandHere } from './command-here.ts';
import { command, RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';

let dataDir: string;
let gateway: RunningGateway;
let iccid: string;

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  gateway = await RunningGateway.start(['--emulate', '1'], { dataDir });
  await gateway.online('+15550100001');
  const { body } = await gateway.request('/v1/sims');
  iccid = (body as { data: { iccid: string }[] }).data[0]?.iccid ?? '';
});

afterAll(async () => {
  await gateway.stop();
  await removeDataDir(dataDir);
});

const postern = (...words: string[]) => commandHere([...words, '--data-dir', dataDir]);

test('a SIM that is paused on the command line keeps its texts, until it is resumed', async () => {
  expect(await postern('sims', 'pause', iccid)).toContain('until it is resumed');
  await gateway.until('the pause', async () => !(await isOnlineForSending()));
  const id = await gateway.send('+15550100001', '+15550177001', 'later');
  expect((await gateway.message(id)).status).toBe('queued');
  await command(['sims', 'resume', iccid, '--data-dir', dataDir]);
  await gateway.until('the text to leave', async () => (await gateway.message(id)).status !== 'queued');
});

test('settings are shown as they can be set, and a wrong one is named', async () => {
  const shown = await postern('sims', 'settings', iccid, 'limits.per_day=100', 'time_zone=Europe/Berlin');
  expect(shown).toContain('limits.per_day = 100');
  expect(shown).toContain('time_zone = Europe/Berlin');
  const wrong = await tryCommandHere([
    'sims',
    'settings',
    iccid,
    'limits.per_day=many',
    '--data-dir',
    dataDir,
  ]);
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('limits.per_day')]);
  const odd = await tryCommandHere(['settings', 'sending_paused', '--data-dir', dataDir]);
  expect(odd.stderr).toContain('"sending_paused" is not of the form name=value');
  expect(await command(['settings', '--data-dir', dataDir])).toContain('sending_paused = false');
});

async function isOnlineForSending(): Promise<boolean> {
  const id = await gateway.send('+15550100001', '+15550177001', 'probe');
  return (await gateway.message(id)).status !== 'queued';
}
