import { describe, expect, it } from 'vitest';
import { cme, ok } from '../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../src/emulator/commands/definition.ts';
import { generic, profiles } from '../../src/emulator/index.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const centre = '+15559998888';

const written = (bench: FleetBench) => bench.commands().filter((command) => command.startsWith('AT+CSCA='));
const simId = (bench: FleetBench) => bench.facts(port).sim?.simId ?? 0;

describe('a SIM without a service centre', () => {
  it('is told with a sentence, and the modem serves all the same', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { smsc: '' }, number: ours });
    await bench.reaches(port, 'ready');
    await until(bench.clock, 'told', () => bench.facts(port).obstacle !== undefined, 5_000);
    expect(bench.facts(port)).toMatchObject({
      state: 'ready',
      obstacle: { code: 'smsc_missing', message: expect.stringContaining('Ask the operator') },
    });
    expect(bench.member(port).canSend).toBe(true);
  });

  it('gets the one that a person sets for it, in whatever modem it sits', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ smsc: '' });
    const modem = bench.station(port, { sim, number: ours });
    await bench.reaches(port, 'ready');
    bench.sims.setServiceCentre(simId(bench), centre, 'person');
    await bench.fleet.recognise();
    expect(sim.smsc).toBe(centre);
    expect(bench.facts(port).obstacle).toBeUndefined();
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    sim.smsc = '';
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    await until(bench.clock, 'written', () => sim.smsc === centre, 10_000);
  });

  it('is waited for while it is busy after its PIN', async () => {
    const bench = new FleetBench();
    let busy = 4;
    const slow: CommandDefinition = {
      name: '+CSCA',
      read: () => {
        if (busy-- > 0) throw cme(14);
        return ok('+CSCA: "",129');
      },
    };
    bench.station(port, { profile: { ...generic, commands: [slow] }, number: ours });
    await bench.reaches(port, 'ready');
    await until(bench.clock, 'told', () => bench.facts(port).obstacle?.code === 'smsc_missing', 20_000);
  });
});

describe('a service centre that got lost', () => {
  it('is put back as the card had it, at the next look', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ smsc: centre });
    bench.station(port, { sim, number: ours });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(1_000);
    sim.smsc = '';
    await until(bench.clock, 'put back', () => sim.smsc === centre, 310_000);
    expect(bench.facts(port).obstacle).toBeUndefined();
  });

  it('is put back after the program ended', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ smsc: centre });
    bench.station(port, { sim, number: ours });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(1_000);
    await bench.fleet.stop();
    sim.smsc = '';
    bench.restart();
    bench.serve(port);
    await until(bench.clock, 'put back', () => sim.smsc === centre, 60_000);
  });

  it('is put back where the modem then answers without a word, as a ZTE does', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ smsc: centre });
    const wordless: CommandDefinition = {
      name: '+CSCA',
      read: () => (sim.smsc === '' ? ok() : ok(`+CSCA: "${sim.smsc}",145`)),
      set: (_, parameters) => {
        sim.smsc = parameters.text(0);
        return ok();
      },
    };
    bench.station(port, { profile: { ...generic, commands: [wordless] }, sim, number: ours });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(1_000);
    sim.smsc = '';
    await until(bench.clock, 'put back', () => sim.smsc === centre, 310_000);
  });
});

describe('a service centre', () => {
  it.each(Object.entries(profiles))('that is there is not written again on a %s', async (_, profile) => {
    const bench = new FleetBench();
    bench.station(port, { profile, number: ours });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(700_000);
    expect(written(bench)).toEqual([]);
    expect(bench.facts(port).obstacle).toBeUndefined();
  });

  it('of a person beats the one on the card', async () => {
    const bench = new FleetBench();
    const sim = bench.sim();
    bench.station(port, { sim, number: ours });
    await bench.reaches(port, 'ready');
    bench.sims.setServiceCentre(simId(bench), centre, 'person');
    await bench.fleet.recognise();
    expect(sim.smsc).toBe(centre);
    expect(written(bench)).toEqual([`AT+CSCA="${centre}",145`]);
  });

  it.each<[string, Pick<CommandDefinition, 'read'>]>([
    ['refuses to tell', { read: () => ({ texts: [], result: { kind: 'error' } }) }],
    ['tells without a word', { read: () => ok() }],
  ])('that the modem %s is not missed', async (_, answer) => {
    const bench = new FleetBench();
    bench.station(port, { profile: { ...generic, commands: [{ name: '+CSCA', ...answer }] }, number: ours });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(700_000);
    expect(bench.facts(port).obstacle).toBeUndefined();
    expect(written(bench)).toEqual([]);
  });

  it('that the card does not keep is not written again and again', async () => {
    const bench = new FleetBench();
    const forgetful: CommandDefinition = { name: '+CSCA', read: () => ok('+CSCA: "",129'), set: () => ok() };
    bench.station(port, { profile: { ...generic, commands: [forgetful] }, number: ours });
    await bench.reaches(port, 'ready');
    bench.sims.setServiceCentre(simId(bench), centre, 'person');
    await bench.fleet.recognise();
    await bench.clock.advance(1_000_000);
    expect(written(bench)).toHaveLength(1);
    expect(bench.facts(port).obstacle?.code).toBe('smsc_missing');
  });

  it('that the modem tells in another form is the same', async () => {
    const bench = new FleetBench();
    const bare: CommandDefinition = { name: '+CSCA', read: () => ok(`+CSCA: "${centre.slice(1)}",129`) };
    bench.station(port, { profile: { ...generic, commands: [bare] }, number: ours });
    await bench.reaches(port, 'ready');
    bench.sims.setServiceCentre(simId(bench), centre, 'person');
    await bench.fleet.recognise();
    expect(written(bench)).toEqual([]);
  });

  it('that cannot be written is told as missing', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ smsc: '' });
    const stubborn: CommandDefinition = {
      name: '+CSCA',
      read: () => ok('+CSCA: "",129'),
      set: () => ({ texts: [], result: { kind: 'error' } }),
    };
    bench.station(port, { profile: { ...generic, commands: [stubborn] }, sim, number: ours });
    await bench.reaches(port, 'ready');
    bench.sims.setServiceCentre(simId(bench), centre, 'person');
    await bench.fleet.recognise();
    expect(bench.facts(port).obstacle?.code).toBe('smsc_missing');
  });
});
