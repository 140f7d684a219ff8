import { describe, expect, it } from 'vitest';
import { diagnosticPort, type ModemPort, positionPort } from '../../src/emulator/index.ts';
import { framed, ownNumber, setUp } from './bench.ts';

/** What comes out of a port from now on. */
function listen(port: ModemPort): () => string {
  let seen = '';
  port.on('output', (octets) => {
    seen += octets;
  });
  return () => {
    const taken = seen;
    seen = '';
    return taken;
  };
}

describe('the second AT port of a stick', () => {
  it('takes commands on its own, and says nothing by itself', () => {
    const { modem, host, network } = setUp();
    const second = modem.secondPort();
    const heard = listen(second);
    second.receive('AT+CNMI=2,1;+CSQ\r');
    expect(heard()).toBe(framed('+CSQ: 20,99', 'OK'));
    network.deliver({ from: '+15557654321', to: ownNumber, text: 'x' });
    expect(heard()).toBe('');
    expect(host.take()).toBe(framed('+CMTI: "SM",1'));
  });

  it('has a prompt of its own', () => {
    const { modem, host } = setUp();
    const second = modem.secondPort();
    const heard = listen(second);
    second.receive('AT+CMGS=18\r');
    expect(heard()).toBe('\r\n> ');
    expect(host.type('AT\r')).toBe(framed('OK'));
  });

  it('loses power with the stick, and gives it to the stick', () => {
    const { modem } = setUp();
    const second = modem.secondPort();
    const told: boolean[] = [];
    second.on('power', (on) => told.push(on));
    modem.powerOff();
    expect(second.powered).toBe(false);
    second.powerOn();
    expect(modem.powered).toBe(true);
    expect(told).toEqual([false, true]);
  });
});

describe('a port that is no AT port', () => {
  it('answers binary frames to everything, if it is for diagnosis', () => {
    const { modem } = setUp();
    const port = diagnosticPort(modem);
    const heard = listen(port);
    port.receive('AT\r');
    expect(heard()).toMatch(/\x7e$/);
    expect(heard()).not.toContain('OK');
  });

  it('talks of its position, if it is for that, while it has power', async () => {
    const { modem, clock } = setUp();
    const heard = listen(positionPort(modem, clock));
    await clock.advance(2_000);
    expect(heard()).toMatch(/^(\$GPGGA,[^\r]*\r\n){2}$/);
    modem.powerOff();
    await clock.advance(10_000);
    expect(heard()).toBe('');
  });
});
