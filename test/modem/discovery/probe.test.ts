import { describe, expect, it } from 'vitest';
import {
  EmulatedModem,
  EmulatedNetwork,
  emulatedTransport,
  type ModemOptions,
  type ModemPort,
  profiles,
  stickPorts,
} from '../../../src/emulator/index.ts';
import { judgeOctets } from '../../../src/modem/discovery/octet-judgement.ts';
import { type ProbeResult, probe } from '../../../src/modem/discovery/probe.ts';
import { TransportError } from '../../../src/modem/transport.ts';
import { ManualClock } from '../../manual-clock.ts';
import { settled } from '../eventually.ts';
import { ScriptedPort } from '../scripted-port.ts';

const path = '/dev/ttyUSB2';

class ProbeBench {
  readonly clock = new ManualClock();
  readonly network = new EmulatedNetwork({ clock: this.clock, random: () => 0 });
  readonly written: string[] = [];
  tookMs = 0;

  modem(options: Partial<ModemOptions> = {}): EmulatedModem {
    const modem = new EmulatedModem({
      clock: this.clock,
      network: this.network,
      sim: this.network.addSim({ number: '+15550001111' }),
      ...options,
    });
    modem.powerOn();
    return modem;
  }

  async probe(port: ModemPort, sure = true): Promise<ProbeResult> {
    const transport = emulatedTransport(port, path);
    const write = transport.write.bind(transport);
    transport.write = (octets) => {
      this.written.push(octets);
      return write(octets);
    };
    const before = this.clock.monotonic();
    const options = { clock: this.clock, baudRate: 115_200, sure };
    const result = await settled(
      this.clock,
      probe(path, async () => transport, options),
    );
    this.tookMs = this.clock.monotonic() - before;
    await expect(transport.write('AT\r')).rejects.toMatchObject({ code: 'closed' });
    return result;
  }
}

describe('octets', () => {
  it.each([
    ['\r\nOK\r\n', 'at'],
    ['AT\r\r\nOK\r\n', 'at'],
    ['\r\n+CME ERROR: 100\r\n', 'at'],
    ['\r\nCOMMAND NOT SUPPORT\r\n', 'at'],
    ['\r\n^RSSI:19\r\n', undefined],
    ['BOOK', undefined],
    ['', undefined],
    ['\xff', undefined],
    ['\x13\xd1\x8b\x7e', 'binary'],
    ['$GPGGA,,,,,,0,,,,,,,,*66\r\n', 'position'],
    ['\x00$GNRMC,092204.999,A*10\r\n', 'position'],
    ['Marlin 2.1.2\r\nstart\r\n', undefined],
  ])('%j: %s', (octets, judgement) => {
    expect(judgeOctets(octets)).toBe(judgement);
  });
});

describe('knocking at the ports of a stick', () => {
  it.each(Object.keys(profiles))('%s: the ports for commands answer, the others are let go', async (name) => {
    const bench = new ProbeBench();
    const modem = bench.modem({ profile: profiles[name] as never });
    await bench.clock.advance(30_000);
    const expected = { main: 'modem', second: 'modem', diagnostic: 'binary', position: 'position' };
    for (const { port, role } of stickPorts(modem, bench.clock)) {
      const result = await bench.probe(port);
      expect(result).toMatchObject({ kind: expected[role] });
      if (result.kind === 'modem') expect(result.imei).toBe(modem.imei);
      expect(bench.tookMs).toBeLessThanOrEqual(3_000);
    }
  });

  it('begins with ESC, as the last program may have left it at a prompt', async () => {
    const bench = new ProbeBench();
    const modem = bench.modem();
    modem.receive('AT+CMGS=18\r');
    await bench.clock.advance(1_000);
    expect(await bench.probe(modem)).toMatchObject({ kind: 'modem' });
    expect(bench.written[0]).toBe('\x1b\r');
  });

  it('takes at most three seconds where nothing answers, and changes nothing', async () => {
    const bench = new ProbeBench();
    const modem = bench.modem();
    modem.faults.hang = true;
    expect(await bench.probe(modem)).toEqual({ kind: 'silent' });
    expect(bench.tookMs).toBeLessThanOrEqual(3_000);
    expect(new Set(bench.written)).toEqual(new Set(['\x1b\r', 'AT\r', 'ATQ0V1\r']));
  });

  it('waits no longer on a port that goes away', async () => {
    const bench = new ProbeBench();
    const modem = bench.modem();
    modem.faults.hang = true;
    bench.clock.after(500, () => modem.powerOff());
    expect(await bench.probe(modem)).toEqual({ kind: 'silent' });
    expect(bench.tookMs).toBeLessThan(1_000);
  });

  it('gets a modem to talk that another program told to be quiet', async () => {
    const bench = new ProbeBench();
    const modem = bench.modem();
    modem.receive('ATQ1V0\r');
    expect(await bench.probe(modem)).toMatchObject({ kind: 'modem', imei: modem.imei });
  });

  it.each(['busy', 'forbidden', 'absent'] as const)('says why a port is not opened: %s', async (code) => {
    const error = new TransportError(code, 'no');
    const options = { clock: new ManualClock(), baudRate: 115_200, sure: true };
    expect(await probe(path, () => Promise.reject(error), options)).toEqual({ kind: 'refused', error });
  });
});

describe('a driver that hangs while it opens a port', () => {
  it('is waited for no longer than ten seconds; what it opens in the end is closed', async () => {
    const clock = new ManualClock();
    const port = new ScriptedPort();
    let opened: (port: ScriptedPort) => void = () => undefined;
    const opening = new Promise<ScriptedPort>((resolve) => {
      opened = resolve;
    });
    const result = await settled(
      clock,
      probe(path, () => opening, { clock, baudRate: 115_200, sure: true }),
    );
    expect(result).toMatchObject({ kind: 'refused', error: { code: 'failed' } });
    expect(clock.monotonic()).toBe(10_000);
    opened(port);
    await clock.advance(1);
    await expect(port.write('AT\r')).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('behind a bridge, where anything may be', () => {
  async function knock(answers: Record<string, string>): Promise<ProbeResult> {
    const port = new ScriptedPort();
    for (const [command, answer] of Object.entries(answers)) port.answers.set(command, answer);
    const clock = new ManualClock();
    const options = { clock, baudRate: 115_200, sure: false };
    return settled(
      clock,
      probe(path, async () => port, options),
    );
  }

  it('a modem is one by its IMEI', async () => {
    const bench = new ProbeBench();
    expect(await bench.probe(bench.modem(), false)).toMatchObject({ kind: 'modem' });
  });

  it.each([
    ['that knows of its card', { AT: 'OK', 'AT+CGSN': 'ERROR', 'AT+CPIN?': '+CME ERROR: 10' }, 'modem'],
    ['that knows nothing of cards', { AT: 'OK', 'AT+CGSN': 'ERROR', 'AT+CPIN?': 'ERROR' }, 'no-phone'],
    ['that says OK to everything', { AT: 'OK', 'AT+CGSN': 'OK', 'AT+CPIN?': 'OK' }, 'no-phone'],
    ['that speaks once', { AT: 'OK' }, 'silent'],
    ['that says nothing', {}, 'silent'],
  ])('what takes AT and %s', async (_, answers, kind) => {
    const framed = Object.fromEntries(
      Object.entries(answers).map(([command, answer]) => [command, `\r\n${answer}\r\n`]),
    );
    expect((await knock(framed)).kind).toBe(kind);
  });
});
