import { describe, expect, it } from 'vitest';
import { immediate } from '../../src/emulator/index.ts';
import { huaweiE173 } from '../../src/emulator/profiles/huawei-e173.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import type { ConsoleAnswer } from '../../src/modem/console/console.ts';
import { settled, until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const balance = 'Your balance is 12.34 EUR.\nValid until 2027-06-30.';

async function ready(options: Parameters<FleetBench['station']>[1] = {}) {
  const bench = new FleetBench();
  const modem = bench.station(port, options);
  await bench.reaches(port, 'ready');
  bench.commands();
  return { bench, modem, desk: bench.member(port).modem.desk };
}

function type(bench: FleetBench, line: string, force = false): Promise<ConsoleAnswer> {
  const { desk } = bench.member(port).modem;
  return settled(bench.clock, desk.console({ line, timeoutMs: 10_000, force }));
}

describe('at the desk of a modem', () => {
  it('a command is run between what the modem does anyway', async () => {
    const { bench } = await ready();
    expect(await type(bench, 'AT+CSQ')).toMatchObject({
      ok: true,
      lines: [expect.stringContaining('+CSQ:')],
    });
    expect(bench.commands()).toEqual(['AT+CSQ']);
    expect(bench.facts(port).state).toBe('ready');
  });

  it('a command that takes a setting away that Postern relies on has it set again at once', async () => {
    const { bench, modem } = await ready();
    await type(bench, 'AT+CMGF=1;+CNMI=0,0,0,0,0;+CMEE=0', true);
    await until(bench.clock, 'set up again', () => modem.settings.messageFormat === 0, 5_000);
    await until(bench.clock, 'told of texts', () => modem.settings.notifications.deliver === 1, 5_000);
    expect(modem.settings.errors).toBe(1);
    expect(bench.facts(port).state).toBe('ready');
  });

  it('so is one that no look at the modem would show', async () => {
    const { bench, modem } = await ready();
    await type(bench, 'AT+CMEE=0', true);
    await until(bench.clock, 'set again', () => modem.settings.errors === 1, 5_000);
  });

  it("a setting that is Postern's is looked at after any command that sets something", async () => {
    const { bench } = await ready();
    await type(bench, 'AT+CTZU=1');
    await bench.clock.advance(500);
    expect(bench.commands()).toContain('AT+CMGF?');
  });

  it('a restart that was forced is noticed, and the modem is brought up again', async () => {
    const { bench } = await ready();
    const answer = await type(bench, 'AT+CFUN=1,1', true);
    expect(answer.ok).toBe(true);
    await bench.reaches(port, 'ready');
    expect((await bench.send(port)).kind).toBe('accepted');
  });

  it('a restart that was forced is no trouble of the modem, however often', async () => {
    const { bench } = await ready({ number: '+15550001111' });
    for (let time = 0; time < 6; time++) {
      await type(bench, 'AT+CFUN=1,1', true);
      expect(bench.facts(port).recovery).toMatchObject({ reason: 'a person had it restarted' });
      await bench.reaches(port, 'ready');
    }
    expect(bench.facts(port).restartsInADay).toBe(0);
    expect(bench.member(port).canSend).toBe(true);
  });

  it('a command that only reads what a restart would set restarts nothing', async () => {
    const { bench } = await ready();
    await type(bench, 'AT+CFUN?');
    await type(bench, 'AT+CFUN=1', true);
    expect(bench.facts(port)).toMatchObject({ state: 'ready', recovery: undefined });
  });

  it('a code that is typed by hand keeps texts back until the network has answered it', async () => {
    const { bench } = await ready();
    expect((await type(bench, 'AT+CUSD=1,"*101#",15', true)).ok).toBe(true);
    const { pdu, tpduLength } = encodeSubmit({ to: '+15557654321', text: 'Hello', statusReport: true });
    const sending = bench.member(port).modem.submit(pdu, tpduLength, () => undefined);
    await bench.clock.advance(5_000);
    expect(bench.network.submissions.count).toBe(0);
    expect(await settled(bench.clock, bench.member(port).modem.desk.answerUssd('0'))).toEqual({
      state: 'done',
      text: 'Goodbye.',
    });
    expect((await settled(bench.clock, sending)).kind).toBe('accepted');
  });

  it('a code that is typed by hand and that nobody answers is called off for a text that waits', async () => {
    const { bench } = await ready();
    await type(bench, 'AT+CUSD=1,"*101#",15', true);
    const sending = bench.send(port);
    expect((await sending).kind).toBe('accepted');
    expect(bench.written).toContain('AT+CUSD=2');
  });

  it('a code that the modem does not take, and a dialogue that is ended by hand, keep nothing back', async () => {
    const { bench, modem } = await ready();
    expect((await type(bench, 'AT+CUSD=1,"*101#",15', true)).ok).toBe(true);
    await type(bench, 'AT+CUSD=2', true);
    expect((await bench.send(port)).kind).toBe('accepted');
    modem.faults.refusals = [{ command: '+CUSD', result: { kind: 'error' }, times: 1 }];
    expect((await type(bench, 'AT+CUSD=1,"*101#",15', true)).ok).toBe(false);
    const before = bench.clock.monotonic();
    expect((await bench.send(port)).kind).toBe('accepted');
    expect(bench.clock.monotonic() - before).toBeLessThan(10_000);
  });

  it('a text in hand is not disturbed', async () => {
    const { bench } = await ready();
    const sending = bench.send(port);
    const typed = type(bench, 'AT+CSQ');
    expect((await sending).kind).toBe('accepted');
    expect((await typed).ok).toBe(true);
    expect(bench.network.submissions.count).toBe(1);
  });

  it('a balance is asked for by its code, whatever the family of the modem wants', async () => {
    const { bench, desk } = await ready({ profile: immediate(huaweiE173) });
    expect(await settled(bench.clock, desk.ussd('*100#'))).toBe(balance);
    expect(bench.facts(port).state).toBe('ready');
  });

  it('what a model wants is remembered over its sessions', async () => {
    const family = immediate(huaweiE173);
    const profile = {
      ...family,
      identity: { ...family.identity, manufacturer: 'Nobody' }, // of no family that is known to pack
      commands: family.commands.filter(({ name }) => name !== '^USSDMODE'),
    };
    const { bench, modem, desk } = await ready({ profile });
    await settled(bench.clock, desk.ussd('*100#'));
    expect(bench.commands()).toContain('AT+CUSD=1,"*100#",15');
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    bench.commands();
    expect(await settled(bench.clock, desk.ussd('*100#'))).toBe(balance);
    expect(bench.commands().filter((line) => line.startsWith('AT+CUSD=1'))).toEqual([
      'AT+CUSD=1,"AA180C3602",15',
    ]);
  });

  it('a menu is answered', async () => {
    const { bench, desk } = await ready();
    const menu = await settled(bench.clock, desk.beginUssd('*101#'));
    expect(menu).toMatchObject({ state: 'question' });
    expect(await settled(bench.clock, desk.answerUssd('0'))).toEqual({ state: 'done', text: 'Goodbye.' });
  });

  it('what is asked while the modem waits for its PIN waits for the port to be opened', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { pin: '4711' } });
    await bench.reaches(port, 'locked');
    expect(await type(bench, 'AT+CPIN?')).toMatchObject({ ok: true, lines: ['+CPIN: SIM PIN'] });
  });

  it('what is asked of a modem that is away is given back in words', async () => {
    const { bench } = await ready();
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    const asked = bench.member(port).modem.desk;
    await expect(type(bench, 'AT+CSQ')).rejects.toMatchObject({ code: 'away' });
    await expect(settled(bench.clock, asked.ussd('*100#'))).rejects.toMatchObject({ code: 'away' });
  });

  it('a refused command is refused at once, also while the modem is away', async () => {
    const bench = new FleetBench();
    bench.serve(port);
    const refused = bench.member(port).modem.desk.console({ line: 'ATD112', timeoutMs: 10_000, force: true });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('a dialogue ends with the loss of the port, and the next begins anew', async () => {
    const { bench, modem, desk } = await ready();
    await settled(bench.clock, desk.beginUssd('*101#'));
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    await expect(settled(bench.clock, desk.answerUssd('1'))).rejects.toMatchObject({ code: 'no_dialogue' });
    expect(await settled(bench.clock, desk.ussd('*100#'))).toBe(balance);
  });
});
