import { describe, expect, it } from 'vitest';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';
const others = '+15550002222';
const imei = '490154203237518';

async function twoSticks(
  sockets: readonly [string | undefined, string | undefined] = [undefined, undefined],
) {
  const bench = new FleetBench();
  bench.plug(port, bench.modem({ imei }));
  bench.plug(otherPort, bench.modem({ imei, sim: { number: others } }));
  bench.serve(port, { number: ours, socket: sockets[0] });
  bench.serve(otherPort, { number: others, socket: sockets[1] });
  await bench.reaches(port, 'ready');
  await bench.reaches(otherPort, 'ready');
  return bench;
}

const ids = (bench: FleetBench) => [port, otherPort].map((path) => bench.facts(path).id);

describe('two sticks with one IMEI', () => {
  it('both send, each under its own id, and a person is told', async () => {
    const bench = await twoSticks();
    await until(bench.clock, 'told apart', () => ids(bench)[0] !== ids(bench)[1], 20_000);
    expect(ids(bench)).toEqual([`${imei}@${port}`, `${imei}@${otherPort}`]);
    for (const [path, other] of [
      [port, otherPort],
      [otherPort, port],
    ] as const) {
      expect(bench.facts(path)).toMatchObject({
        state: 'ready',
        imei,
        obstacle: { code: 'imei_duplicate', message: expect.stringContaining(other) },
      });
      expect(bench.member(path).canSend).toBe(true);
      expect(await bench.send(path)).toMatchObject({ kind: 'accepted' });
    }
    expect(bench.obstacles).toEqual([`${port} imei_duplicate`, `${otherPort} imei_duplicate`]);
  });

  it('are called by their sockets, where the system tells those', async () => {
    const bench = await twoSticks(['1-1.2', '1-1.4']);
    await until(bench.clock, 'told apart', () => ids(bench)[0] !== ids(bench)[1], 20_000);
    expect(ids(bench)).toEqual([`${imei}@1-1.2`, `${imei}@1-1.4`]);
  });

  it('keep their ids when one of them is away, and after a restart of the program', async () => {
    const bench = await twoSticks(['1-1.2', '1-1.4']);
    await until(bench.clock, 'told apart', () => ids(bench)[0] !== ids(bench)[1], 20_000);
    bench.unplug(otherPort);
    await bench.reaches(otherPort, 'absent');
    expect(bench.facts(port)).toMatchObject({ id: `${imei}@1-1.2`, obstacle: undefined });
    await bench.fleet.stop();
    bench.restart();
    bench.serve(port, { socket: '1-1.2' });
    expect((await bench.reaches(port, 'ready')).id).toBe(`${imei}@1-1.2`);
  });

  it('are two also while the SIM of one waits for its PIN, where their sockets differ', async () => {
    const bench = new FleetBench();
    bench.plug(port, bench.modem({ imei }));
    bench.plug(otherPort, bench.modem({ imei, sim: { number: others, pin: '4711' } }));
    bench.serve(port, { socket: '1-1.2' });
    bench.serve(otherPort, { socket: '1-1.4' });
    await bench.reaches(port, 'ready');
    await bench.reaches(otherPort, 'locked');
    await until(bench.clock, 'told apart', () => ids(bench)[0] !== ids(bench)[1], 20_000);
  });

  it("whose SIMs tell nothing of themselves do not get each other's PIN", async () => {
    const bench = await twoSticks(['1-1.2', '1-1.4']);
    await until(bench.clock, 'told apart', () => ids(bench)[0] !== ids(bench)[1], 20_000);
    const hidden = { iccid: undefined, imsi: undefined };
    bench.book.pinAccepted(hidden, '1111', ids(bench)[0] ?? '');
    expect(bench.book.pinFor(hidden, undefined, ids(bench)[1] ?? '')).toEqual({ kind: 'none' });
  });
});

describe('one stick', () => {
  it('that shows two ports is one: its second port waits', async () => {
    const bench = new FleetBench();
    const sim = bench.sim();
    bench.plug(port, bench.modem({ imei, sim }));
    bench.plug(otherPort, bench.modem({ imei, sim }));
    bench.serve(port, { number: ours, socket: '1-1.2' });
    bench.serve(otherPort, { socket: '1-1.2' });
    await bench.reaches(port, 'ready');
    await until(bench.clock, 'standing by', () => bench.facts(otherPort).sameAs === port);
    await bench.clock.advance(120_000);
    expect(bench.facts(otherPort)).toMatchObject({ state: 'absent', obstacle: { code: 'port_absent' } });
    expect(ids(bench)).toEqual([imei, imei]);
    expect(bench.facts(port).obstacle).toBeUndefined();
  });

  it('that was moved with another SIM, its old port dying slowly, is one', async () => {
    const bench = new FleetBench();
    bench.station(port, { imei, number: ours });
    await bench.reaches(port, 'ready');
    bench.plug(otherPort, bench.modem({ imei, sim: { number: others } }));
    bench.serve(otherPort, { number: others });
    await bench.reaches(otherPort, 'ready');
    await bench.clock.advance(5_000);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    await bench.clock.advance(120_000);
    expect(bench.facts(otherPort)).toMatchObject({ id: imei, obstacle: undefined });
  });
});
