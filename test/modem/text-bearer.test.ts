import { describe, expect, it } from 'vitest';
import { generic, type Profile } from '../../src/emulator/index.ts';
import { FleetBench, type StationOptions } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const number = '+15550001111';

async function ready(options: StationOptions = {}) {
  const bench = new FleetBench();
  const modem = bench.station(port, { number, ...options });
  await bench.reaches(port, 'ready');
  bench.commands();
  const bearers = () => bench.commands().filter((command) => /^AT\+(?:CGSMS=\d|CMGS)/.test(command));
  return { bench, modem, bearers };
}

const lteOnly = registered(0, 0, 1);

/** Refuses the next texts with this code, however they leave. */
const refusing = (code: number, times = 1) => ({
  command: '+CMGS',
  result: { kind: 'cms', code } as const,
  times,
});
const sends = (commands: readonly string[]) => commands.map((command) => command.replace(/=\d{2,}$/, ''));

describe('a text that is refused for want of a service', () => {
  it('is handed over once more over the other side of the network, and that is remembered', async () => {
    const { bench, modem, bearers } = await ready();
    modem.faults.textsOnlyOver = 'packets';
    modem.settings.kept['+CGSMS'] = '3';
    expect(await bench.send(port)).toMatchObject({ kind: 'refused', refusal: { code: 69 } }); // 1 helps no more than 3
    expect(sends(bearers())).toEqual(['AT+CMGS', 'AT+CGSMS=1', 'AT+CMGS', 'AT+CGSMS=3']);
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    expect(sends(bearers())).toEqual(['AT+CMGS', 'AT+CGSMS=2', 'AT+CMGS']);
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    expect(sends(bearers())).toEqual(['AT+CMGS']);
    expect(bench.network.submissions.count).toBe(2);
  });

  it('leaves at once as it did before when the modem or the program was restarted', async () => {
    const { bench, modem } = await ready({ profile: lteOnly });
    modem.faults.textsOnlyOver = 'packets';
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    await bench.fleet.stop();
    bench.unplug(port);
    bench.restart();
    modem.settings.kept['+CGSMS'] = '1';
    bench.plug(port, modem);
    bench.serve(port, { number });
    await bench.reaches(port, 'ready');
    bench.commands();
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    expect(bench.commands().filter((command) => command.startsWith('AT+CMGS'))).toHaveLength(1);
  });

  it('where only LTE is registered tries packets first', async () => {
    const { bench, modem, bearers } = await ready({ profile: lteOnly });
    modem.faults.textsOnlyOver = 'packets';
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    expect(sends(bearers())).toEqual(['AT+CMGS', 'AT+CGSMS=2', 'AT+CMGS']);
  });

  it('in vague words counts where one side alone is registered', async () => {
    const { bench, modem, bearers } = await ready({ profile: lteOnly });
    modem.faults.refusals = [refusing(500)];
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    expect(sends(bearers())).toEqual(['AT+CMGS', 'AT+CGSMS=2', 'AT+CMGS']);
  });

  it('on every side is told with the first refusal, and each side is tried once an hour', async () => {
    const { bench, modem, bearers } = await ready();
    modem.faults.refusals = [refusing(50, 100)];
    for (let count = 0; count < 5; count++)
      expect(await bench.send(port)).toMatchObject({ kind: 'refused', refusal: { code: 50 } });
    const tried = bearers().filter((command) => command.includes('CGSMS'));
    expect(tried).toEqual([3, 1, 2, 1, 0, 1].map((service) => `AT+CGSMS=${service}`));
    await bench.clock.advance(3_600_000);
    bench.commands();
    await bench.send(port);
    expect(bearers()).toContain('AT+CGSMS=3');
  });
});

describe('nothing is tried', () => {
  it.each([
    ['for a bad number', generic, refusing(1)],
    ['for words that say nothing, where both sides are registered', registered(1, 1), refusing(500)],
    ['by a modem that does not know AT+CGSMS', { ...generic, lacks: ['+CGSMS'] }, refusing(69)],
  ])('%s', async (_, profile, refusal) => {
    const { bench, modem, bearers } = await ready({ profile });
    modem.faults.refusals = [refusal];
    expect(await bench.send(port)).toMatchObject({ kind: 'refused' });
    expect(sends(bearers())).toEqual(['AT+CMGS']);
  });

  it('after a refusal that came so late that the text may be on its way', async () => {
    const { bench, modem, bearers } = await ready();
    modem.faults.refusals = [{ ...refusing(69), delayMs: 25_000 }];
    expect(await bench.send(port)).toMatchObject({ kind: 'refused' });
    expect(sends(bearers())).toEqual(['AT+CMGS']);
  });
});

function registered(CREG: number, CGREG: number, CEREG = 0): Profile {
  return { ...generic, registration: { CREG, CGREG, CEREG } };
}
