import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import type { ModemView } from '../../../src/contract/modem.ts';
import { Gateway } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import type { PortSource } from '../../../src/modem/discovery/listed-port.ts';
import { Database } from '../../../src/store/database.ts';
import { ManualClock } from '../../manual-clock.ts';
import { temporaryFolder } from '../../store/temporary-database.ts';
import { settled } from '../eventually.ts';
import { type FakeDevice, FakeSystem } from './fake-system.ts';

const cdrom: FakeDevice = {
  socket: '1-1',
  id: '12d1:1f01',
  product: 'HUAWEI Mobile',
  interfaces: [{ number: 0, codes: '080650', driver: 'usb-storage' }],
};

/** A gateway over a fake system; what is plugged in is read when the test says so. */
async function gatewayOver(system: FakeSystem) {
  const clock = new ManualClock();
  const dataDir = temporaryFolder();
  const real = new LinuxPorts(system.folders);
  let seen = { signature: await real.signature(), listing: await real.list() };
  const ports: PortSource = {
    deviceFolder: undefined,
    signature: async () => seen.signature,
    list: async () => seen.listing,
  };
  const config = readConfig({ dataDir, port: 0 }, {});
  const gateway = new Gateway(config, { version: 'x', rendererDir: undefined, clock, log: silentLog, ports });
  onTestFinished(() => settled(clock, gateway.stop()));
  const { url } = await gateway.start();
  const headers = { Authorization: `Bearer ${gateway.makeKey('test')}` };
  return {
    clock,
    dataDir,
    async look() {
      seen = { signature: await real.signature(), listing: await real.list() };
      await clock.advance(1_000);
    },
    async modems(): Promise<ModemView[]> {
      const response = await fetch(`${url}/v1/modems`, { headers });
      return ((await response.json()) as { data: ModemView[] }).data;
    },
  };
}

describe('a stick that is plugged in and cannot serve', () => {
  it('is shown among the modems with what helps, told as an event, and gone when it is gone', async () => {
    const system = new FakeSystem();
    system.plug(cdrom);
    const { clock, dataDir, look, modems } = await gatewayOver(system);
    const database = Database.open(join(dataDir, 'postern.db'));
    onTestFinished(() => database.close());
    const events = () =>
      database
        .prepare<[], { data: string }>("SELECT data FROM events WHERE event_type = 'modem.attention'")
        .all()
        .map(({ data }) => JSON.parse(data));
    expect(await modems()).toEqual([]);
    await clock.advance(20_000);
    while (events().length === 0) await stat('/');
    expect(events()).toMatchObject([
      { modem_id: 'usb:1-1', problem: { code: 'cdrom_mode', remedy: { commands: expect.any(Array) } } },
    ]);
    expect(await modems()).toMatchObject([
      {
        id: 'usb:1-1',
        port: 'USB 1-1',
        state: 'attention',
        model: 'HUAWEI Mobile (12d1:1f01)',
        number: null,
        problem: {
          code: 'cdrom_mode',
          remedy: { commands: expect.arrayContaining([expect.stringContaining('-J')]) },
        },
      },
    ]);
    system.unplug(cdrom);
    await look();
    expect(await modems()).toEqual([]);
  });
});
