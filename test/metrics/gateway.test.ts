import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Gateway } from '../../src/gateway.ts';
import { silentLog } from '../../src/log.ts';
import { ManualClock } from '../manual-clock.ts';
import { settled } from '../modem/eventually.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

const number = '+15550100001';

test('what a modem takes to hand a text over, and what became of the text, is counted', async () => {
  const clock = new ManualClock();
  const settings = { dataDir: temporaryFolder(), port: 0, emulate: 1, discovery: false };
  const gateway = new Gateway(readConfig(settings, {}), {
    version: '1.2.3',
    rendererDir: undefined,
    clock,
    log: silentLog,
  });
  const { url } = await gateway.start();
  onTestFinished(() => settled(clock, gateway.stop()));
  const metric = async (line: string) => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );
  };
  while ((await metric(`postern_number_online{number="${number}"}`)) !== 1) await clock.advance(1_000);
  await fetch(`${url}/v1/sms/send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.makeKey('test')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ from: number, to: '+15557654321', body: 'Hello' }),
  });
  while ((await metric('postern_texts_total{status="delivered"}')) !== 1) await clock.advance(500);
  expect(await metric('postern_submit_duration_seconds_count{outcome="accepted"}')).toBe(1);
  expect(await metric('postern_submit_duration_seconds_sum{outcome="accepted"}')).toBeGreaterThan(0.1);
  expect(await metric(`postern_queue_depth{number="${number}"}`)).toBe(0);
});
