import { expect, it } from 'vitest';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

const otherPort = '/dev/ttyUSB4';
const iccid = '8900100000155500019';

it('the queue of a SIM that two modems claim is held until one denies it, and then sent once', async () => {
  const { bench, network } = await GatewayBench.ready({}, { sim: { iccid }, number: ours });
  const twin = { iccid, number: '+15550009999', tellsNumber: false };
  const second = bench.table.station(otherPort, { sim: twin });
  await until(bench.clock, 'a conflict', () => bench.table.facts(port).obstacle?.code === 'sim_conflict');
  const ids = await Promise.all([1, 2, 3].map((index) => bench.send({ body: `text ${index}` })));
  expect(ids.map((id) => bench.status(id))).toEqual(['queued', 'queued', 'queued']);
  await bench.clock.advance(3_600_000);
  expect(network.submissions.count).toBe(0);
  second.equipment.changeSim(bench.table.sim({ number: '+15550002222' }));
  for (const id of ids) await bench.reaches(id, 'delivered', 120_000);
  expect(network.submissions.all.map(({ text, to }) => [text, to])).toEqual(
    [1, 2, 3].map((index) => [`text ${index}`, friend]),
  );
});
