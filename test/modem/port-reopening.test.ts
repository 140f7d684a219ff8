import { describe, expect, it, onTestFinished } from 'vitest';
import { delay } from '../../src/clock.ts';
import { emulatedTransport } from '../../src/emulator/index.ts';
import type { Transport } from '../../src/modem/transport.ts';
import { settled, until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const number = '+15550001111';
/** So long the system takes to let go of a port. */
const closingMs = 2_000;

/** A modem that is ready, at a port that closes slowly; `told` has each opening and each end of a closing. */
async function slowlyClosing() {
  const bench = new FleetBench();
  const told: string[] = [];
  const over = new AbortController();
  onTestFinished(() => over.abort());
  bench.spoil = (transport) => {
    told.push('opened');
    closeSlowly(transport, () =>
      delay(bench.clock, closingMs, over.signal).then(() => void told.push('closed')),
    );
  };
  const modem = bench.station(port, { number });
  await bench.reaches(port, 'ready');
  return { bench, modem, told };
}

function closeSlowly(transport: Transport, letGo: () => Promise<void>): void {
  const close = transport.close.bind(transport);
  let closed: Promise<void> | undefined;
  transport.close = () => {
    if (closed) return closed;
    closed = letGo();
    void close();
    return closed;
  };
}

describe('a port that the system is slow to let go of', () => {
  it('is opened again only when it is closed, though a person took the modem back at once', async () => {
    const { bench, told } = await slowlyClosing();
    const { modem } = bench.member(port);
    const released = modem.letGo('released');
    await bench.clock.advance(100);
    modem.takeUp('released');
    await settled(bench.clock, released);
    await bench.reaches(port, 'ready');
    expect(told).toEqual(['opened', 'closed', 'opened']);
  });

  it('is opened again only when it is closed, though its line was lost without anybody closing it', async () => {
    const { bench, modem, told } = await slowlyClosing();
    modem.powerOff();
    modem.powerOn();
    await until(bench.clock, 'another opening', () => told.length === 3, 60_000);
    expect(told).toEqual(['opened', 'closed', 'opened']);
  });

  it('is opened at another rate only when it is closed at the first, though it was named anew at once', async () => {
    const { bench, modem, told } = await slowlyClosing();
    const removed = bench.fleet.remove(port);
    bench.fleet.add({
      path: port,
      baudRate: 9_600,
      emulated: true,
      open: async (path, { baudRate }) => {
        told.push(`opened at ${baudRate}`);
        return emulatedTransport(modem, path);
      },
      hints: { number, pin: undefined },
      found: false,
    });
    await settled(bench.clock, removed);
    await bench.reaches(port, 'ready');
    expect(told).toEqual(['opened', 'closed', 'opened at 9600']);
  });
});
