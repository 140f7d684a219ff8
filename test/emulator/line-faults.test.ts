import { describe, expect, it } from 'vitest';
import { emulatedTransport, type Faults } from '../../src/emulator/index.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';
import { BenchHost } from './bench-host.ts';

const { tpduLength } = encodeSubmit({ to: '+15557654321', text: 'Hello' });

function faulty(faults: Partial<Faults>): Bench {
  const bench = setUp();
  Object.assign(bench.modem.faults, faults);
  return bench;
}

describe('a modem that hangs', () => {
  it('goes on once it had no power, where that helps', () => {
    const { host, modem } = faulty({ hang: true, hangEndsWith: 'power' });
    modem.opened();
    expect(host.type('AT\r')).toBe('');
    modem.powerOff();
    modem.powerOn();
    expect(host.type('AT\r')).toContain(framed('OK'));
  });

  it('goes on once its port was opened anew, where that helps', async () => {
    const { host, modem } = faulty({ hang: true, hangEndsWith: 'opening' });
    expect(host.type('AT\r')).toBe('');
    await emulatedTransport(modem, 'emulator:1').close();
    expect(host.type('AT\r')).toBe(framed('OK'));
  });

  it('at its main port alone answers at the other one', () => {
    const { host, modem } = faulty({ hungPorts: [0] });
    const second = new BenchHost(modem.secondPort());
    expect(host.type('AT\r')).toBe('');
    expect(second.type('AT\r')).toBe(framed('OK'));
    modem.faults.hungPorts = [1];
    expect(second.type('AT\r')).toBe('');
    expect(host.type('AT\r')).toBe(framed('OK'));
  });

  it('in the middle of its output says no more of it', async () => {
    const { host, modem, clock } = setUp({ random: () => 0 });
    modem.faults.fragments = { longest: 1, gapMs: 5 };
    host.type('AT+CGMM\r');
    await clock.advance(50);
    modem.faults.hang = true;
    host.take();
    await clock.advance(1_000);
    expect(host.take()).toBe('');
  });
});

describe('a modem at another rate', () => {
  it('hears no command, and its words are none', () => {
    const { host, modem } = faulty({ garbled: true });
    expect(host.type('AT\r')).not.toContain('OK');
    modem.unsolicited('RING');
    expect(host.take()).toMatch(/^.{8}$/s);
    modem.faults.garbled = false;
    expect(host.type('AT\r')).toBe(framed('OK'));
  });

  it('is understood by the host that opens it with its own', async () => {
    const { modem } = setUp({ baudRate: 9_600 });
    const answerAt = async (baudRate: number) => {
      const transport = emulatedTransport(modem, 'emulator:1', baudRate);
      let seen = '';
      transport.on('data', (octets) => {
        seen += octets;
      });
      await transport.write('AT\r');
      await new Promise((resolve) => setImmediate(resolve));
      await transport.close();
      return seen;
    };
    expect(await answerAt(115_200)).not.toContain('OK');
    modem.receive('\r');
    expect(await answerAt(9_600)).toContain(framed('OK'));
  });
});

describe('a modem that', () => {
  it('was asleep does not hear the first command', () => {
    const { host } = faulty({ ignoreNextCommands: 1 });
    expect(host.type('AT+CSQ\r')).toBe('');
    expect(host.type('AT+CSQ\r')).toBe(framed('+CSQ: 20,99', 'OK'));
  });

  it('breaks an answer off never says the rest', async () => {
    const { host, clock } = faulty({ truncateNextAnswers: 1 });
    expect(host.type('AT+CSQ\r')).toBe('\r\n+CSQ: 20,');
    await clock.advance(60_000);
    expect(host.take()).toBe('');
    expect(host.type('AT\r')).toBe(framed('OK'));
  });

  it('talks around its prompt says it before, and between prompt and text', () => {
    const { host } = faulty({ beforePrompt: ['^RSSI:19'], afterPrompt: ['+CIEV: 2,4'] });
    expect(host.type(`AT+CMGS=${tpduLength}\r`)).toBe(`${framed('^RSSI:19')}\r\n> ${framed('+CIEV: 2,4')}`);
  });

  it('refuses whatever comes refuses so many commands, and no bare AT', () => {
    const { host, modem } = setUp();
    host.type('AT+CMEE=1\r');
    modem.faults.refusals = [{ command: '*', result: { kind: 'cme', code: 100 }, times: 2 }];
    expect(['AT', 'AT+CSQ', 'ATE0', 'AT+CSQ'].map((line) => host.type(`${line}\r`))).toEqual([
      framed('OK'),
      framed('+CME ERROR: 100'),
      framed('+CME ERROR: 100'),
      framed('+CSQ: 20,99', 'OK'),
    ]);
  });

  it('starts silently says none of its boot texts', async () => {
    const { host, modem } = faulty({ silentStart: true });
    modem.reboot();
    expect(host.take()).toBe('');
  });

  it('says that its SIM is busy refuses what needs it for as long', () => {
    const { host, modem } = faulty({ simBusy: true });
    host.type('AT+CMEE=1\r');
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CME ERROR: 14'));
    expect(host.type('AT+CMGF=0\r')).toBe(framed('+CMS ERROR: 314'));
    modem.faults.simBusy = false;
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CPIN: READY', 'OK'));
  });
});

describe('a modem that spoils what it shows', () => {
  const text = { from: '+15557654321', to: ownNumber, text: 'Hi' };

  it('tells lengths that are none', () => {
    const { host, network } = faulty({ lengthError: 1 });
    const told = () => host.take().match(/(?<=[ ,])\d+(?=\r\n[0-9A-F]+)/)?.[0];
    network.deliver(text);
    host.take();
    host.modem.receive('AT+CMGR=1\r');
    expect(told()).toBe('22');
    host.type('AT+CNMI=2,2\r');
    network.deliver(text);
    expect(told()).toBe('22');
  });

  it('says other lines between a header and its PDU', () => {
    const { host, network } = faulty({ beforePdus: ['^RSSI:19'] });
    const pattern = (head: RegExp) =>
      new RegExp(String.raw`${head.source}\r\n\r\n\^RSSI:19\r\n[0-9A-F]+\r\n`);
    host.type('AT+CNMI=2,2\r');
    network.deliver(text);
    expect(host.take()).toMatch(pattern(/^\r\n\+CMT: ,21/));
    host.type('AT+CNMI=2,1\r');
    network.deliver(text);
    host.take();
    expect(host.type('AT+CMGL=4\r')).toMatch(pattern(/^\r\n\+CMGL: 1,0,,21/));
  });
});
