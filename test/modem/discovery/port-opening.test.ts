import { describe, expect, it } from 'vitest';
import { EmulatedModem, EmulatedNetwork, emulatedTransport } from '../../../src/emulator/index.ts';
import { baudRates } from '../../../src/modem/discovery/baud-rate.ts';
import type { ListedPort } from '../../../src/modem/discovery/listed-port.ts';
import { NeverTouch } from '../../../src/modem/discovery/never-touch.ts';
import { PortOpening } from '../../../src/modem/discovery/port-opening.ts';
import type { RefusalReason } from '../../../src/modem/discovery/refusal-reason.ts';
import { TransportError, type TransportErrorCode } from '../../../src/modem/transport.ts';
import { ManualClock } from '../../manual-clock.ts';
import { settled } from '../eventually.ts';

const path = '/dev/ttyUSB9';
const usual = { baudRate: 115_200 };

/** A UART with a modem that speaks at one rate. */
class UartBench {
  readonly clock = new ManualClock();
  readonly modem: EmulatedModem;
  readonly opening: PortOpening;
  /** The rates at which it was opened and set, in order. */
  readonly rates: number[] = [];
  opened = 0;
  refusal: TransportError | undefined;

  constructor(
    options: {
      baudRate?: number;
      uart?: boolean;
      neverTouch?: readonly string[];
      device?: Partial<ListedPort['device']>;
      reason?: RefusalReason;
    } = {},
  ) {
    const network = new EmulatedNetwork({ clock: this.clock, random: () => 0 });
    const rate = options.baudRate === undefined ? {} : { baudRate: options.baudRate };
    this.modem = new EmulatedModem({ clock: this.clock, network, ...rate });
    this.modem.powerOn();
    const listed = { path, device: options.device } as ListedPort;
    this.opening = new PortOpening({
      clock: this.clock,
      neverTouch: new NeverTouch(options.neverTouch ?? []),
      ports: { find: async () => listed, isUart: async () => options.uart ?? true },
      reasonOf: async () => options.reason,
      open: async (name, { baudRate }) => {
        this.opened++;
        this.rates.push(baudRate);
        if (this.refusal) throw this.refusal;
        const transport = emulatedTransport(this.modem, name, baudRate);
        const setBaudRate = transport.setBaudRate?.bind(transport);
        transport.setBaudRate = async (rate) => {
          this.rates.push(rate);
          await setBaudRate?.(rate);
        };
        return transport;
      },
    });
  }

  /** Opens the port and asks whether it is understood there. */
  async understood(how: 'open' | 'openAtAnyRate' | 'openAtNamedRate', baudRate = 115_200): Promise<boolean> {
    const transport = await settled(this.clock, this.opening[how](path, { baudRate }));
    let heard = '';
    transport.on('data', (octets) => {
      heard += octets;
    });
    await transport.write('AT\r');
    await this.clock.advance(100);
    await transport.close();
    return heard.includes('OK');
  }
}

describe('the rate of a UART', () => {
  it.each(baudRates)('of %i is found within three seconds, on one handle', async (baudRate) => {
    const bench = new UartBench({ baudRate });
    expect(await bench.understood('openAtAnyRate')).toBe(true);
    expect(bench.opened).toBe(1);
    expect(bench.rates.at(-1)).toBe(baudRate);
    expect(bench.clock.monotonic()).toBeLessThan(3_000);
  });

  it('is found of a modem that was left answering in digits', async () => {
    const bench = new UartBench({ baudRate: 38_400 });
    bench.modem.settings.verbose = false;
    expect(await bench.understood('openAtAnyRate')).toBe(true);
    expect(bench.rates.at(-1)).toBe(38_400);
  });

  it('is remembered for its port, and found anew when it is another one', async () => {
    const bench = new UartBench({ baudRate: 57_600 });
    await bench.understood('openAtAnyRate');
    bench.rates.length = 0;
    await bench.understood('openAtAnyRate');
    expect(new Set(bench.rates)).toEqual(new Set([57_600]));
    Object.assign(bench.modem, { baudRate: 9_600 });
    expect(await bench.understood('openAtAnyRate')).toBe(true);
  });

  it('is the usual one again where nothing answers, after one opening', async () => {
    const bench = new UartBench({ baudRate: 9_600 });
    bench.modem.faults.hang = true;
    expect(await bench.understood('openAtAnyRate')).toBe(false);
    expect(bench.opened).toBe(1);
    expect(bench.rates.at(-1)).toBe(115_200);
  });

  it('is not asked for where it means nothing', async () => {
    const bench = new UartBench({ uart: false });
    bench.modem.faults.hang = true;
    await bench.understood('openAtAnyRate');
    expect(bench.rates).toEqual([115_200]);
    expect(bench.clock.monotonic()).toBeLessThan(200);
  });

  it('that a person named is kept while nothing answers at another one', async () => {
    const bench = new UartBench({ baudRate: 9_600 });
    expect(await bench.understood('openAtNamedRate', 9_600)).toBe(true);
    bench.modem.faults.hang = true;
    expect(await bench.understood('openAtNamedRate', 9_600)).toBe(false);
    expect(bench.rates.at(-1)).toBe(9_600);
  });

  it('that a person named and is wrong is told, with the right one', async () => {
    const bench = new UartBench({ baudRate: 9_600 });
    const opening = settled(bench.clock, bench.opening.openAtNamedRate(path, { baudRate: 115_200 }));
    await expect(opening).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('answers at 9600 baud, not at the 115200 that are named'),
    });
  });
});

describe('a port on the list of what is never touched', () => {
  it.each([
    ['by its path', { neverTouch: [path] }],
    ['by its ids', { neverTouch: ['1a86:7523'], device: { vendorId: '1a86', productId: '7523' } }],
  ])('%s is not opened in any way', async (_, options) => {
    const bench = new UartBench(options);
    for (const how of ['open', 'openAtAnyRate', 'openAtNamedRate'] as const) {
      await expect(bench.opening[how](path, usual)).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('never touched'),
      });
    }
    expect(bench.opened).toBe(0);
  });
});

describe('a port that cannot be opened', () => {
  const reason = { sentence: 'ModemManager has it.', remedy: { commands: ['stop it'] } };

  it.each<[TransportErrorCode, string]>([
    ['busy', 'ModemManager has it.'],
    ['forbidden', 'ModemManager has it.'],
    ['absent', 'no'],
  ])('%s: %s', async (code, message) => {
    const bench = new UartBench({ reason });
    bench.refusal = new TransportError(code, 'no');
    const remedy = code === 'absent' ? undefined : reason.remedy;
    await expect(bench.opening.open(path, usual)).rejects.toMatchObject({ code, message, remedy });
  });

  it('is told as it was where nobody knows more', async () => {
    const bench = new UartBench();
    bench.refusal = new TransportError('busy', 'no');
    await expect(bench.opening.open(path, usual)).rejects.toBe(bench.refusal);
  });
});
