import { describe, expect, it, onTestFinished } from 'vitest';
import type { Timer } from '../../../src/clock.ts';
import { silentLog } from '../../../src/log.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import type { Listing, PortSource } from '../../../src/modem/discovery/listed-port.ts';
import { ListingWatch } from '../../../src/modem/discovery/listing-watch.ts';
import { ManualClock } from '../../manual-clock.ts';
import { bridge, FakeSystem } from './fake-system.ts';

/** A clock that tells which delays are asked for. */
class HeardClock extends ManualClock {
  readonly delays: number[] = [];
  #onDelay: ((delayMs: number) => void) | undefined;

  override after(delayMs: number, action: () => void): Timer {
    this.delays.push(delayMs);
    this.#onDelay?.(delayMs);
    return super.after(delayMs, action);
  }

  /** Resolves when somebody asks for this delay. */
  asked(wantedMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onDelay = (delayMs) => delayMs === wantedMs && resolve();
    });
  }
}

function watching(source: PortSource) {
  const clock = new HeardClock();
  const listings: Listing[] = [];
  const watch = new ListingWatch(source, clock, silentLog, async (listing) => {
    listings.push(listing);
  });
  onTestFinished(() => watch.stop());
  return { clock, listings, watch };
}

/** A system of which the test says what is plugged in. */
function told(signature: () => string | undefined, deviceFolder?: string) {
  let asked = 0;
  const source: PortSource = {
    deviceFolder,
    signature: async () => signature(),
    list: async () => {
      asked++;
      return { ports: [], devices: [] };
    },
  };
  return { source, asked: () => asked };
}

describe('what is plugged in', () => {
  it('is looked at once a second and read only when something changed', async () => {
    let signature = 'one';
    const { source, asked } = told(() => signature);
    const { clock, listings, watch } = watching(source);
    await watch.start();
    await clock.advance(60_000);
    expect(asked()).toBe(1);
    signature = 'two';
    await clock.advance(1_000);
    expect(listings).toHaveLength(2);
  });

  it('is read every five seconds where nothing cheap tells of a change', async () => {
    const { source, asked } = told(() => undefined);
    const { clock, watch } = watching(source);
    await watch.start();
    await clock.advance(50_000);
    expect(asked()).toBe(11);
  });

  it('is looked at no more after the end', async () => {
    const { source, asked } = told(() => undefined);
    const { clock, watch } = watching(source);
    await watch.start();
    watch.stop();
    await clock.advance(60_000);
    expect(asked()).toBe(1);
  });

  it.skipIf(process.platform !== 'linux')('is looked at at once when a device file appears', async () => {
    const system = new FakeSystem();
    const source = new LinuxPorts(system.folders);
    const { clock, listings, watch } = watching(source);
    await watch.start();
    const looksSoon = clock.asked(100);
    system.plug(bridge);
    await looksSoon;
    expect(clock.monotonic()).toBe(0);
    const read = clock.asked(1_000);
    await clock.advance(100);
    await read;
    expect(listings.at(-1)?.ports).toHaveLength(1);
    expect(clock.monotonic()).toBeLessThan(1_000);
  });

  it('is watched by looking alone where no folder can be watched', async () => {
    let signature = 'one';
    const { source, asked } = told(() => signature, '/nowhere/dev');
    const { clock, watch } = watching(source);
    await watch.start();
    signature = 'two';
    await clock.advance(1_000);
    expect(asked()).toBe(2);
  });
});
