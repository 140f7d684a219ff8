import { describe, expect, it } from 'vitest';
import { framed, setUp } from './bench.ts';

const locked = { pin: '1234', puk: '87654321' };

describe('a SIM with a PIN', () => {
  it('asks for it, and takes nothing else before', () => {
    const { host } = setUp({ sim: locked });
    host.type('AT+CMEE=1\r');
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CPIN: SIM PIN', 'OK'));
    expect(host.type('AT+CIMI\r')).toBe(framed('+CME ERROR: 11'));
    expect(host.type('AT+CMGF=0\r')).toBe(framed('+CMS ERROR: 311'));
    expect(host.type('AT+CREG?\r')).toBe(framed('+CREG: 0,0', 'OK'));
    expect(host.type('AT+CCID\r')).toMatch(/\+CCID: "89\d{17}"/);
  });

  it('registers once the PIN is in', () => {
    const { host } = setUp({ sim: locked });
    host.type('AT+CREG=1\r');
    expect(host.type('AT+CPIN="1234"\r')).toContain('+CREG: 1');
    expect(host.type('AT+CPIN?;+CREG?\r')).toBe(framed('+CPIN: READY', '+CREG: 1,1', 'OK'));
  });

  it('counts wrong PINs down, and a right one up again', () => {
    const { host } = setUp({ sim: locked });
    host.type('AT+CMEE=1\r');
    expect(host.type('AT+CPIN="0000"\r')).toBe(framed('+CME ERROR: 16'));
    expect(host.type('AT+CPINR\r')).toBe(framed('+CPINR: SIM PIN,2,3\r\n+CPINR: SIM PUK,10,10', 'OK'));
    host.type('AT+CPIN="1234"\r');
    expect(host.type('AT+CPINR\r')).toContain('SIM PIN,3,3');
  });

  it('costs no try for a PIN of the wrong length', () => {
    const { host } = setUp({ sim: locked });
    host.type('AT+CMEE=1\r');
    expect(host.type('AT+CPIN="12"\r')).toBe(framed('+CME ERROR: 50'));
    expect(host.type('AT+CPINR\r')).toContain('SIM PIN,3,3');
  });

  it('wants the PUK after three wrong PINs, and a new PIN with it', () => {
    const { host } = setUp({ sim: locked });
    host.type('AT+CMEE=1\r');
    const tries = ['0000', '0001', '0002'].map((pin) => host.type(`AT+CPIN="${pin}"\r`));
    expect(tries).toEqual([framed('+CME ERROR: 16'), framed('+CME ERROR: 16'), framed('+CME ERROR: 12')]);
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CPIN: SIM PUK', 'OK'));
    expect(host.type('AT+CPIN="1234"\r')).toBe(framed('+CME ERROR: 12'));
    expect(host.type('AT+CPIN="00000000","4321"\r')).toBe(framed('+CME ERROR: 16'));
    expect(host.type('AT+CPIN="87654321","4321"\r')).toContain(framed('OK'));
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CPIN: READY', 'OK'));
  });

  it('is dead after ten wrong PUKs', () => {
    const { host } = setUp({ sim: locked });
    host.type('AT+CMEE=1\r');
    for (const pin of ['0000', '0000', '0000']) host.type(`AT+CPIN="${pin}"\r`);
    for (let time = 0; time < 10; time++) host.type('AT+CPIN="00000000","4321"\r');
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CME ERROR: 13'));
    expect(host.type('AT+CPIN="87654321","4321"\r')).toBe(framed('+CME ERROR: 12'));
  });

  it('takes no PIN when it asks for none', () => {
    const { host } = setUp();
    host.type('AT+CMEE=1\r');
    expect(host.type('AT+CPIN="1234"\r')).toBe(framed('+CME ERROR: 3'));
  });

  it('forgets that it was unlocked when power goes, and keeps its counters', () => {
    const { host, modem } = setUp({ sim: locked });
    host.type('AT+CPIN="0000"\r');
    modem.powerOff();
    modem.powerOn();
    host.type('ATE0\r');
    expect(host.type('AT+CPINR\r')).toContain('SIM PIN,2,3');
  });

  it('stops asking after +CLCK, and asks for another after +CPWD', () => {
    const { host, modem } = setUp({ sim: locked });
    host.type('AT+CPIN="1234"\r');
    expect(host.type('AT+CPWD="SC","1234","9999"\r')).toBe(framed('OK'));
    expect(host.type('AT+CLCK="SC",2\r')).toBe(framed('+CLCK: 1', 'OK'));
    expect(host.type('AT+CLCK="SC",0,"9999"\r')).toBe(framed('OK'));
    modem.powerOff();
    modem.powerOn();
    host.type('ATE0\r');
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CPIN: READY', 'OK'));
  });
});

describe('a SIM', () => {
  it('can be missing', () => {
    const { host } = setUp({ sim: null });
    expect(host.type('AT+CMGF=0\r')).toBe(framed('+CMS ERROR: 310'));
    expect(host.type('AT+CMEE=1;+CCID\r')).toBe(framed('+CME ERROR: 10'));
  });

  it('tells its numbers', () => {
    const { host } = setUp({ sim: { iccid: '8900100000000000017', imsi: '001010000000001' } });
    expect(host.type('AT+CCID;+CIMI\r')).toBe(
      framed('+CCID: "8900100000000000017"', '001010000000001', 'OK'),
    );
    expect(host.type('AT+CNUM\r')).toBe(framed('+CNUM: "","+15550001111",145', 'OK'));
  });

  it('need not know its own number', () => {
    const { host } = setUp({ sim: { tellsNumber: false } });
    expect(host.type('AT+CNUM\r')).toBe(framed('OK'));
  });

  it('takes its texts along into another modem', () => {
    const { host, modem, network, sim } = setUp();
    network.deliver({ from: '+15557654321', to: sim.number, text: 'moved' });
    modem.equipment.changeSim(undefined);
    expect(host.type('AT+CMGL=4\r')).toBe(framed('+CMS ERROR: 310'));
    modem.equipment.changeSim(sim);
    expect(host.type('AT+CMGF=1;+CMGL="ALL"\r')).toContain('moved');
  });
});
