import { expect, it } from 'vitest';
import { huaweiE173 } from '../../src/emulator/profiles/huawei-e173.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { ModemViews } from '../../src/views/modem-views.ts';
import { FleetBench } from '../modem/fleet-bench.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';

function shown(bench: FleetBench) {
  const views = new ModemViews(bench.fleet, bench.sims, new OutboundStore(bench.database), () => []);
  return views.modems().map(({ port, state, number }) => ({ port, state, number }));
}

it('a port that was given a number and is not plugged in shows the number that it waits for', async () => {
  const bench = new FleetBench();
  bench.serve(port, { number: ours });
  bench.serve(otherPort);
  await bench.reaches(port, 'absent');
  await bench.reaches(otherPort, 'absent');
  expect(shown(bench)).toEqual([
    { port, state: 'absent', number: ours },
    { port: otherPort, state: 'absent', number: null },
  ]);
});

it('a number that is served at another port is shown there alone', async () => {
  const bench = new FleetBench();
  bench.serve(port, { number: ours });
  bench.station(otherPort, { number: ours });
  await bench.reaches(otherPort, 'ready');
  expect(shown(bench)).toEqual([
    { port, state: 'absent', number: null },
    { port: otherPort, state: 'ready', number: ours },
  ]);
});

it('a modem whose SIM cannot be read before it is unlocked is called as the SIM that it had', async () => {
  const bench = new FleetBench();
  bench.station(port, { sim: { pin: '1234' }, profile: huaweiE173 });
  await bench.reaches(port, 'locked');
  const { simId } = bench.sims.findOrCreate(
    { iccid: '8944500102198304826', imsi: undefined, modemId: 'another' },
    0,
  );
  bench.sims.setLabel(simId, 'Front desk');
  const lastSim = (modemId: string) => (modemId === bench.member(port).facts.id ? simId : undefined);
  const memory = {
    isWelcomed: () => true,
    lastSim,
    lastSent: () => undefined,
    lastReceived: () => undefined,
  };
  const outbound = new OutboundStore(bench.database);
  const views = new ModemViews(bench.fleet, bench.sims, outbound, () => [], undefined, undefined, memory);
  expect(views.modems()).toMatchObject([{ state: 'locked', label: 'Front desk', number: null }]);
});
