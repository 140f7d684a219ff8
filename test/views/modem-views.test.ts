import { describe, expect, it } from 'vitest';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { ModemViews } from '../../src/views/modem-views.ts';
import { SimPlaces } from '../../src/views/sim-places.ts';
import { FleetBench, type StationOptions } from '../modem/fleet-bench.ts';
import { secretive } from '../modem/secretive-modem.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';

function viewsOf(bench: FleetBench) {
  return new ModemViews(bench.fleet, bench.sims, new OutboundStore(bench.database), () => []);
}

function shown(bench: FleetBench) {
  return viewsOf(bench)
    .modems()
    .map(({ port, state, number }) => ({ port, state, number }));
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
  bench.station(port, { sim: { pin: '1234' }, profile: secretive });
  await bench.reaches(port, 'locked');
  const { simId } = bench.sims.findOrCreate(
    { iccid: '8944500102198304826', imsi: undefined, modemId: 'another' },
    0,
  );
  bench.sims.setLabel(simId, 'Front desk');
  const lastSim = (modemId: string) => (modemId === bench.member(port).facts.id ? simId : undefined);
  const memory = {
    isWelcomed: () => true,
    ussdWay: () => 'automatic' as const,
    lastSent: (of: number) => (of === simId ? Date.UTC(2026, 5, 10) : undefined),
    lastReceived: () => undefined,
  };
  const outbound = new OutboundStore(bench.database);
  const places = new SimPlaces(bench.fleet, lastSim);
  const { fleet, sims } = bench;
  const views = new ModemViews(fleet, sims, outbound, () => [], undefined, undefined, memory, places);
  expect(views.modems()).toMatchObject([
    { state: 'locked', label: 'Front desk', number: null, last_sent_at: '2026-06-10T00:00:00Z' },
  ]);
});

describe('a SIM whose modem is locked', () => {
  const whereabouts = (bench: FleetBench) =>
    viewsOf(bench)
      .sims()
      .map(({ online, modem_id, presumed_modem_id }) => ({ online, modem_id, presumed_modem_id }));

  /** A card that was served, and asks for a PIN now that is not the one that is kept. */
  async function locked(profile?: StationOptions['profile']) {
    const bench = new FleetBench();
    const options = { sim: { pin: '4711' }, pin: '4711', ...(profile && { profile }) };
    const modem = bench.station(port, { number: ours, ...options });
    await bench.reaches(port, 'ready');
    const { simId } = bench.facts(port).sim ?? { simId: 0 };
    bench.sims.setPin(simId, '9999');
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.plug(port, modem);
    await bench.reaches(port, 'locked');
    return { bench, modem, id: modem.imei };
  }

  it('is in that modem, where its number can be read without the PIN', async () => {
    const { bench, modem, id } = await locked();
    expect(whereabouts(bench)).toEqual([{ online: false, modem_id: id, presumed_modem_id: null }]);
    expect(viewsOf(bench).modems()).toMatchObject([{ iccid: modem.sim?.iccid, number: ours }]);
    await bench.fleet.stop();
    bench.restart();
    bench.serve(port);
    await bench.reaches(port, 'locked');
    expect(whereabouts(bench)).toEqual([{ online: false, modem_id: id, presumed_modem_id: null }]);
    expect(viewsOf(bench).modems()).toMatchObject([{ iccid: modem.sim?.iccid, number: ours }]);
  });

  it('is presumed to be in the modem that it was in last, where that does not tell', async () => {
    const { bench, id } = await locked(secretive);
    expect(whereabouts(bench)).toEqual([{ online: false, modem_id: null, presumed_modem_id: id }]);
    expect(viewsOf(bench).modems()).toMatchObject([{ iccid: null, imsi: null }]);
  });

  it('is in none where another card is in that modem now', async () => {
    const { bench, modem, id } = await locked();
    const other = bench.sim({ number: '+15550002222', pin: '1234' });
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    modem.equipment.changeSim(other);
    bench.plug(port, modem);
    await bench.reaches(port, 'locked');
    await bench.clock.advance(15_000);
    const nowhere = { online: false, modem_id: null, presumed_modem_id: null };
    expect(whereabouts(bench)).toEqual([nowhere, { ...nowhere, modem_id: id }]);
    expect(viewsOf(bench).modems()).toMatchObject([{ id, iccid: other.iccid, number: null }]);
  });
});
