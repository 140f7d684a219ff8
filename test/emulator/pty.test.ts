import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { EmulatedModem, EmulatedNetwork, type EmulatedPort, openPty } from '../../src/emulator/index.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { framed, ownNumber } from './bench.ts';
import { eventually } from './eventually.ts';
import { SerialHost } from './serial-host.ts';

describe.skipIf(process.platform === 'win32')('a pseudo terminal', () => {
  let folder: string;
  let network: EmulatedNetwork;
  let modem: EmulatedModem;
  const ports: EmulatedPort[] = [];
  const hosts: SerialHost[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-pty-'));
    network = new EmulatedNetwork({ clock: systemClock });
    modem = new EmulatedModem({ clock: systemClock, network, sim: network.addSim({ number: ownNumber }) });
  });

  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.close();
    for (const port of ports.splice(0)) await port.unplug();
    network.stop();
    rmSync(folder, { recursive: true });
  });

  async function plugIn(link?: string): Promise<EmulatedPort> {
    const port = await openPty(modem, link ? { link } : {});
    ports.push(port);
    return port;
  }

  async function open(path: string): Promise<SerialHost> {
    const host = await SerialHost.open(path);
    hosts.push(host);
    return host;
  }

  it('is opened by a serial port program, raw from the first octet on', async () => {
    const { path } = await plugIn();
    const host = await open(path);
    expect(await host.until('AT\r', 'OK\r\n')).toBe(`AT\r${framed('OK')}`);
  });

  it('carries every octet both ways', async () => {
    const { path } = await plugIn();
    const host = await open(path);
    await host.until('ATE0\r', 'OK\r\n');
    const octets = String.fromCharCode(...Array.from({ length: 256 }, (_octet, value) => value));
    modem.noise(octets);
    expect(await host.sees('\xff')).toBe(octets);
    await host.until('AT+CSCS="8859-1"\r', 'OK\r\n');
    await host.until('AT+CPBW=1,"+15550000",145,"\xe9\xdf\xff"\r', 'OK\r\n');
    expect(await host.until('AT+CPBR=1\r', 'OK\r\n')).toContain('"\xe9\xdf\xff"');
  });

  it('carries a text out and one in', async () => {
    const { path } = await plugIn();
    const host = await open(path);
    await host.until('ATE0;+CNMI=2,1\r', 'OK\r\n');
    const { pdu, tpduLength } = encodeSubmit({ to: '+15557654321', text: 'Hello' });
    await host.until(`AT+CMGS=${tpduLength}\r`, '> ');
    expect(await host.until(`${pdu}\x1a`, 'OK\r\n')).toMatch(/\+CMGS: \d+/);
    expect(network.submissions.last?.text).toBe('Hello');
    network.deliver({ from: '+15557654321', to: ownNumber, text: 'Hi' });
    expect(await host.sees('+CMTI')).toContain('+CMTI: "SM",1');
  });

  it('stays when its host closes it, for the next one', async () => {
    const { path } = await plugIn();
    const first = await open(path);
    await first.until('ATE0\r', 'OK\r\n');
    await first.close();
    const second = await open(path);
    expect(await second.until('AT\r', 'OK\r\n')).toContain(framed('OK'));
  });

  it('neither stalls nor grows while nobody reads it', async () => {
    const { path } = await plugIn();
    const lines = Array.from({ length: 40_000 }, (_line, number) => `^RSSI:${number}`);
    for (const line of lines) modem.unsolicited(line);
    const host = await open(path);
    await host.until('ATE0\r', 'OK\r\n');
    modem.unsolicited('+CREG: 1');
    expect(await host.sees('+CREG: 1')).toContain(framed('+CREG: 1'));
  });

  it('vanishes when the modem is pulled out, and comes back under the same link', async () => {
    const link = join(folder, 'modem');
    const plugged = await plugIn(link);
    expect(plugged.path).toBe(link);
    const host = await open(link);
    const closed = once(host.port, 'close') as Promise<[{ disconnected?: boolean } | null]>;
    await plugged.unplug();
    expect((await closed)[0]).toMatchObject({ disconnected: true });
    expect(modem.powered).toBe(false);
    expect(existsSync(link)).toBe(false);
    await plugIn(link);
    const again = await open(link);
    expect(await again.until('AT\r', 'OK\r\n')).toContain('OK');
  });

  it('vanishes when the modem loses power', async () => {
    const plugged = await plugIn();
    const host = await open(plugged.path);
    const closed = once(host.port, 'close');
    modem.powerOff();
    await closed;
    await plugged.closed;
  });

  it('takes the place of a link that was left behind, and of no other file', async () => {
    const link = join(folder, 'modem');
    symlinkSync('/nowhere', link);
    await plugIn(link);
    expect(readlinkSync(link)).toMatch(/^\/dev\//);
    await expect(openPty(modem, { link: join(folder, 'missing', 'modem') })).rejects.toThrow(/ENOENT/);
  });

  it('leaves nothing behind when its process is killed', async () => {
    const link = join(folder, 'modem');
    const program = `
      import { systemClock } from ${JSON.stringify(new URL('../../src/clock.ts', import.meta.url).href)};
      import { openPty, startEmulation } from ${JSON.stringify(new URL('../../src/emulator/index.ts', import.meta.url).href)};
      const { modems } = startEmulation({ clock: systemClock, count: 1 });
      await openPty(modems[0].modem, { link: ${JSON.stringify(link)} });
      console.log('plugged in');
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(existsSync(link)).toBe(true);
    child.kill('SIGKILL');
    await eventually('the link is gone', () => !existsSync(link) && !isLink(link));
  });
});

function isLink(path: string): boolean {
  try {
    readlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
