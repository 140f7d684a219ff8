import { describe, expect, it } from 'vitest';
import { generic } from '../../src/emulator/index.ts';
import { framed, setUp } from './bench.ts';

describe('registration', () => {
  it('is told by its state, or with its place as well', () => {
    const { host } = setUp();
    expect(host.type('AT+CREG?\r')).toBe(framed('+CREG: 0,1', 'OK'));
    host.type('AT+CREG=2\r');
    expect(host.type('AT+CREG?\r')).toBe(framed('+CREG: 2,1,"00C3","0001A2B4",2', 'OK'));
    expect(host.type('AT+CEREG?\r')).toBe(framed('+CEREG: 0,0', 'OK'));
  });

  it('is told when it changes, in each domain that was asked for', () => {
    const { host, modem } = setUp();
    host.type('AT+CREG=1;+CGREG=2\r');
    modem.equipment.radio.setCoverage({ CREG: 5, CGREG: 5, CEREG: 5 });
    expect(host.take()).toBe(framed('+CREG: 5', '+CGREG: 5,"00C3","0001A2B4",2'));
    modem.equipment.radio.setCoverage({ CREG: 2 });
    expect(host.take()).toBe(framed('+CREG: 2'));
  });

  it('ends with the radio, and comes back with it', () => {
    const { host } = setUp();
    host.type('AT+CREG=1\r');
    expect(host.type('AT+CFUN=4\r')).toBe(framed('+CREG: 0', 'OK'));
    expect(host.type('AT+CFUN?\r')).toBe(framed('+CFUN: 4', 'OK'));
    expect(host.type('AT+CFUN=1\r')).toBe(framed('+CREG: 1', 'OK'));
  });

  it('ends when the host leaves the network', () => {
    const { host } = setUp();
    host.type('AT+COPS=2\r');
    expect(host.type('AT+CREG?;+COPS?\r')).toBe(framed('+CREG: 0,0', '+COPS: 2', 'OK'));
    host.type('AT+COPS=0\r');
    expect(host.type('AT+CREG?\r')).toBe(framed('+CREG: 0,1', 'OK'));
  });

  it('takes the time that the modem needs', async () => {
    const slow = { ...generic, timing: { simMs: 1_000, messagesMs: 2_000, registrationMs: 5_000 } };
    const { host, clock } = setUp({ profile: slow });
    host.type('AT+CMEE=1;+CREG=1\r');
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CME ERROR: 14'));
    expect(host.type('AT+CMGF=0\r')).toBe(framed('+CMS ERROR: 314'));
    await clock.advance(1_000);
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CPIN: READY', 'OK'));
    expect(host.type('AT+CMGF=0\r')).toBe(framed('+CMS ERROR: 500'));
    await clock.advance(2_000);
    expect(host.type('AT+CMGF=0\r')).toBe(framed('OK'));
    expect(host.type('AT+CREG?\r')).toBe(framed('+CREG: 1,0', 'OK'));
    await clock.advance(3_000);
    expect(host.take()).toBe(framed('+CREG: 1'));
  });
});

describe('the operator', () => {
  it.each([
    ['AT+COPS?\r', '+COPS: 0,0,"Postern Test Network",2'],
    ['AT+COPS=3,1;+COPS?\r', '+COPS: 0,1,"Postern",2'],
    ['AT+COPS=3,2;+COPS?\r', '+COPS: 0,2,"00101",2'],
    ['AT+COPS=?\r', '+COPS: (2,"Postern Test Network","Postern","00101",2),,(0,1,2,3,4),(0,1,2)'],
  ])('answers %j', (typed, answer) => {
    const { host } = setUp();
    expect(host.type(typed)).toBe(framed(answer, 'OK'));
  });

  it('can be chosen by hand only where it is', () => {
    const { host } = setUp();
    host.type('AT+CMEE=1\r');
    expect(host.type('AT+COPS=1,2,"00101"\r')).toBe(framed('OK'));
    expect(host.type('AT+COPS=1,2,"26201"\r')).toBe(framed('+CME ERROR: 30'));
  });
});
