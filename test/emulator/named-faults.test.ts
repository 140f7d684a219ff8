import { describe, expect, it } from 'vitest';
import { namedFaults, noFaults, Saboteur } from '../../src/emulator/index.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';

const stranger = '+15557654321';
const { pdu, tpduLength } = encodeSubmit({ to: stranger, text: 'Hello' });
const words = namedFaults.map(({ word }) => word);

function sabotaged(): Bench & { readonly saboteur: Saboteur } {
  const bench = setUp();
  return { ...bench, saboteur: new Saboteur(bench.modem, bench.clock) };
}

describe('a fault by its word', () => {
  it.each(words)('%s is over when the modem is mended', async (word) => {
    const { host, modem, network, clock, saboteur } = sabotaged();
    saboteur.strike(word);
    host.type('AT+CSQ\r');
    await clock.advance(2_000);
    saboteur.mend();
    await clock.advance(40_000);
    expect(modem.faults).toEqual(noFaults());
    host.type('\rATZ;E0\r');
    host.type('AT+CNMI=2,1\r');
    host.type(`AT+CMGS=${tpduLength}\r`);
    expect(await host.until(`${pdu}\x1a`, 'OK')).toMatch(/^\r\n\+CMGS: \d+\r\n\r\nOK\r\n$/);
    network.deliver({ from: stranger, to: ownNumber, text: 'Hi' });
    expect(host.take()).toMatch(/^\r\n\+CMTI: "SM",\d+\r\n$/);
  });

  it.each(['hang=30', 'no-network=30', 'sim-out=30', 'unplug=30', 'storm=30', 'full=30'])(
    '%s is over after its time',
    async (written) => {
      const { host, network, clock, saboteur } = sabotaged();
      saboteur.strike(written);
      await clock.advance(30_000);
      host.type('ATE0+CNMI=2,1\r');
      host.take();
      await clock.advance(60_000);
      network.deliver({ from: stranger, to: ownNumber, text: 'Hi' });
      expect(host.take()).toMatch(/^\r\n\+CMTI: "SM",1\r\n$/);
    },
  );

  it('may strike again while it lasts: the SIM that was taken out comes back all the same', async () => {
    const { modem, sim, clock, saboteur } = sabotaged();
    saboteur.strike('sim-out=30');
    saboteur.strike('sim-out=60');
    await clock.advance(90_000);
    expect(modem.sim).toBe(sim);
  });

  it('strikes with the numbers it was given', async () => {
    const { host, clock, saboteur } = sabotaged();
    saboteur.strike('slow=500,10');
    expect(host.type('AT\r')).toBe('');
    await clock.advance(500);
    expect(host.take()).toBe(framed('OK'));
    saboteur.strike('cms-error=27,2');
    for (const answer of ['+CMS ERROR: 27', '+CMS ERROR: 27', '+CMGS: 1']) {
      host.type(`AT+CMGS=${tpduLength}\r`);
      await clock.advance(500);
      host.type(`${pdu}\x1a`);
      await clock.advance(500);
      expect(host.take()).toContain(answer);
    }
  });

  it.each([
    ['sleep', 'There is no fault "sleep".'],
    ['hang=long', 'The seconds of "hang" must be a whole number from 0 to 86400.'],
    ['hang=-1', 'The seconds of "hang" must be a whole number from 0 to 86400.'],
    ['lose-result=0', 'The times of "lose-result" must be a whole number from 1 to 10000.'],
    ['slow=1,2,3', '"slow" is written slow[=MILLISECONDS,SECONDS].'],
    ['reboot=1', '"reboot" is written reboot.'],
  ])('%s is refused with a sentence', (written, sentence) => {
    expect(() => sabotaged().saboteur.strike(written)).toThrow(sentence);
  });
});
