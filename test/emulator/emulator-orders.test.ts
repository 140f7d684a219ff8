import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFault, listOrders, obey } from '../../src/cli/emulator-orders.ts';
import { faultUsage, namedFaults, profiles, Saboteur } from '../../src/emulator/index.ts';
import { addStation, framed, setUp } from './bench.ts';

const stranger = '+15557654321';

function stage() {
  const first = setUp();
  const second = addStation(first, '+15550002222');
  const ordered = [first, second].map(({ modem, sim }) => ({
    number: sim.number,
    saboteur: new Saboteur(modem, first.clock),
  }));
  return { first, second, set: { network: first.network, modems: ordered } };
}

describe('an order', () => {
  it('is for all modems, or for the one whose number stands in front', () => {
    const { first, second, set } = stage();
    expect(obey('2 hang=30', set)).toEqual(['modem 2 takes what is typed and says nothing']);
    expect([first, second].map(({ modem }) => modem.faults.hang)).toEqual([false, true]);
    expect(obey('hang', set)).toHaveLength(2);
    expect(first.modem.faults.hang).toBe(true);
    expect(obey('mend', set)[0]).toBe('modem 1: all faults are taken back');
    expect([first, second].map(({ modem }) => modem.faults.hang)).toEqual([false, false]);
  });

  it('lets a text arrive', () => {
    const { first, set } = stage();
    first.host.type('AT+CNMI=2,1;+CMGF=1\r');
    expect(obey(`1 text ${stranger} Are you  there?`, set)).toEqual([
      `modem 1: a text from ${stranger} is on its way`,
    ]);
    expect(first.host.take()).toBe(framed('+CMTI: "SM",1'));
    expect(first.host.type('AT+CMGR=1\r')).toContain('Are you  there?');
  });

  it('lets a call ring, with its number or without, until it is over', async () => {
    const { first, set } = stage();
    first.host.type('AT+CLIP=1\r');
    obey(`1 call ${stranger}`, set);
    expect(first.host.take()).toContain(`+CLIP: "${stranger}",145`);
    obey('1 hang-up', set);
    await first.clock.advance(20_000);
    expect(first.host.take()).toBe(framed('NO CARRIER'));
    obey('1 call', set);
    expect(first.host.take()).toContain('+CLIP: "",128');
  });

  it.each([
    ['sleep', 'There is no fault "sleep".'],
    ['hang 30', 'There is no fault "hang 30".'],
    ['3 hang', 'There is no modem 3.'],
    ['text hello', 'A text is written: text +15557654321 Are you there?'],
  ])('%s is refused with a sentence', (line, sentence) => {
    expect(() => obey(line, stage().set)).toThrow(sentence);
  });
});

describe('a fault to begin with', () => {
  it('is of all modems or of one that is there', () => {
    for (const written of ['hang', '2:hang=30']) expect(() => checkFault(written, 2)).not.toThrow();
    expect(() => checkFault('3:hang', 2)).toThrow('There is no modem 3.');
    expect(() => checkFault('sleep', 2)).toThrow('There is no fault "sleep".');
  });

  it('is written the same on the command line and as an order', () => {
    const { second, set } = stage();
    obey('2:echo', set);
    expect(second.modem.settings.echo).toBe(true);
  });
});

describe('the page about the emulator', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/emulator.md'), 'utf8');

  it.each(namedFaults.map((fault) => ({ word: fault.word, fault })))('tells of $word', ({ fault }) => {
    const usual = fault.amounts.map((amount) => amount.usual).join(', ');
    expect(page).toContain(`| \`${faultUsage(fault)}\` | ${fault.tells} | ${usual} |`);
    expect(listOrders()).toContain(fault.tells);
  });

  it.each(Object.keys(profiles))('names the profile %s', (name) => {
    expect(page).toContain(`\`${name}\``);
  });
});
