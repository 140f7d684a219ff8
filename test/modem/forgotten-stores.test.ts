import { expect, it } from 'vitest';
import { generic } from '../../src/emulator/index.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';

it('a text is kept under the store that it lies in, though the modem forgot which one was chosen', async () => {
  const bench = new FleetBench();
  const modem = bench.station(port, { profile: generic, number: ours });
  await bench.reaches(port, 'ready');
  bench.network.deliver({ from: '+15557654321', to: ours, text: 'arrived as usual' });
  await until(bench.clock, 'the first text', () => bench.deleted.length === 1, 5_000);
  modem.loadSettings('factory');
  modem.faults.refusals = [{ command: '+CMGD', result: { kind: 'cms', code: 320 }, times: 1 }];
  bench.network.deliver({ from: '+15557654321', to: ours, text: 'arrived where nobody looks' });
  expect(modem.messages.store('SM').used).toBe(1);
  modem.unsolicited('+CMTI: "ME",9');
  await until(bench.clock, 'an empty store', () => modem.messages.store('SM').used === 0, 180_000);
  expect(new Set(bench.kept.map(({ storage, index }) => `${storage}:${index}`))).toEqual(
    new Set(['ME:1', 'SM:1']),
  );
  expect(bench.kept.filter(({ storage }) => storage === 'ME')).toHaveLength(1);
});
