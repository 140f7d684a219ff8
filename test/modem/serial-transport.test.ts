import { once } from 'node:events';
import { existsSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { EmulatedModem, EmulatedNetwork, type EmulatedPort, openPty } from '../../src/emulator/index.ts';
import { openSerialPort } from '../../src/modem/serial-transport.ts';
import { TransportError } from '../../src/modem/transport.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

const speed = { baudRate: 115_200 };

/** An emulated modem on a pseudo terminal. */
async function pluggedIn(): Promise<EmulatedPort> {
  const network = new EmulatedNetwork({ clock: systemClock });
  const modem = new EmulatedModem({
    clock: systemClock,
    network,
    sim: network.addSim({ number: '+15550001111' }),
  });
  modem.powerOn();
  const port = await openPty(modem);
  onTestFinished(() => port.unplug());
  return port;
}

describe.skipIf(process.platform === 'win32')('a serial port', () => {
  it('carries octets both ways, each as one character', async () => {
    const { path } = await pluggedIn();
    const transport = await openSerialPort(path, speed);
    onTestFinished(() => transport.close());
    let seen = '';
    transport.on('data', (octets) => {
      seen += octets;
    });
    await transport.write('ATE0\r');
    await transport.write('AT+CSQ\r');
    while (!seen.includes('+CSQ: 20,99'))
      await once(transport, 'data', { signal: AbortSignal.timeout(60_000) });
    expect(transport.path).toBe(path);
  });

  it('is held by one program at a time', async () => {
    const { path } = await pluggedIn();
    const first = await openSerialPort(path, speed);
    await expect(openSerialPort(path, speed)).rejects.toMatchObject({
      name: 'TransportError',
      code: 'busy',
      message: `${path} is held by another program.`,
    });
    await first.close();
    const second = await openSerialPort(path, speed);
    await second.close();
  });

  it('changes its rate while it is open, and not when it is closed', async () => {
    const { path } = await pluggedIn();
    const transport = await openSerialPort(path, speed);
    let seen = '';
    transport.on('data', (octets) => {
      seen += octets;
    });
    await transport.setBaudRate?.(9_600);
    await transport.write('AT\r');
    while (!seen.includes('OK')) await once(transport, 'data', { signal: AbortSignal.timeout(5_000) });
    await transport.close();
    await expect(transport.setBaudRate?.(9_600)).rejects.toMatchObject({ code: 'closed' });
  });

  it('that is closed says so once, and takes nothing more', async () => {
    const { path } = await pluggedIn();
    const transport = await openSerialPort(path, speed);
    const causes: unknown[] = [];
    transport.on('close', (cause) => causes.push(cause));
    await transport.close();
    await transport.close();
    expect(causes).toEqual([undefined]);
    await expect(transport.write('AT\r')).rejects.toMatchObject({ code: 'closed' });
  });

  it('that is unplugged says so once, with a cause', async () => {
    const port = await pluggedIn();
    const transport = await openSerialPort(port.path, speed);
    const causes: unknown[] = [];
    transport.on('close', (cause) => causes.push(cause));
    const closed = once(transport, 'close', { signal: AbortSignal.timeout(60_000) });
    await port.unplug();
    await closed;
    expect(causes).toEqual([expect.any(Error)]);
    await expect(transport.write('AT\r')).rejects.toBeInstanceOf(TransportError);
  });

  it.each([
    ['is taken away', (link: string) => rmSync(link)],
    [
      'leads elsewhere',
      (link: string, other: string) => {
        symlinkSync(other, `${link}.new`);
        renameSync(`${link}.new`, link);
      },
    ],
  ])('whose path %s says so though the device lives, and lets it go', async (_, change) => {
    const [port, other] = [await pluggedIn(), await pluggedIn()];
    const link = join(temporaryFolder(), 'modem');
    symlinkSync(port.path, link);
    const transport = await openSerialPort(link, speed);
    const closed = once(transport, 'close', { signal: AbortSignal.timeout(60_000) });
    change(link, other.path);
    expect(await closed).toMatchObject([{ code: 'absent', message: `${link} is gone.` }]);
    await transport.close();
    const again = await openSerialPort(port.path, speed);
    await again.close();
  });

  it('is noticed to be gone whatever it was doing, of many at once', async () => {
    const ports = await Promise.all(Array.from({ length: 12 }, () => pluggedIn()));
    const transports = await Promise.all(ports.map(({ path }) => openSerialPort(path, speed)));
    const closed = transports.map((transport) =>
      once(transport, 'close', { signal: AbortSignal.timeout(60_000) }),
    );
    for (const transport of transports) transport.write('AT+CMGL=4\r').catch(() => undefined);
    await Promise.all(ports.map((port) => port.unplug()));
    for (const [cause] of await Promise.all(closed)) expect(cause).toBeInstanceOf(Error);
  });

  it('closes before it can be opened anew, though both are asked for at once', async () => {
    const { path } = await pluggedIn();
    const first = await openSerialPort(path, speed);
    const closes = [first.close(), first.close()];
    await Promise.all(closes);
    const second = await openSerialPort(path, speed);
    await second.close();
  });

  it('that is not there is absent', async () => {
    const path = join(temporaryFolder(), 'ttyUSB0');
    expect(existsSync(path)).toBe(false);
    await expect(openSerialPort(path, speed)).rejects.toMatchObject({
      code: 'absent',
      message: `${path} is not there.`,
    });
  });

  it('that is none cannot be opened', async () => {
    const path = join(temporaryFolder(), 'a-file');
    writeFileSync(path, '');
    await expect(openSerialPort(path, speed)).rejects.toMatchObject({ code: 'failed' });
  });
});
