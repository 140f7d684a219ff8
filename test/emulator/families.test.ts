import { describe, expect, it } from 'vitest';
import { immediate, type Profile, profiles, stickPorts } from '../../src/emulator/index.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';
import { BenchHost } from './bench-host.ts';

const stranger = '+15557654321';

function profileOf(name: string): Profile {
  const profile = profiles[name];
  if (!profile) throw new Error(`There is no profile ${name}.`);
  return profile;
}

function ready(name: string, options: Parameters<typeof setUp>[0] = {}): Bench {
  const bench = setUp({ profile: immediate(profileOf(name)), ...options });
  bench.host.type('AT+CMEE=1\r');
  return bench;
}

describe('a ZTE stick', () => {
  it('refuses values of +CNMI that it lists', () => {
    const { host } = ready('zte-mf180');
    expect(host.type('AT+CNMI=?\r')).toBe(framed('+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)', 'OK'));
    expect(host.type('AT+CNMI=2,1,0,2,0\r')).toBe(framed('+CMS ERROR: 302'));
    expect(host.type('AT+CNMI=1,1,0,1,0\r')).toBe(framed('+CMS ERROR: 302'));
    expect(host.type('AT+CNMI=1,1,0,2,0\r')).toBe(framed('OK'));
  });

  it('loses its service centre to AT+CSMP', () => {
    const { host } = ready('zte-mf180');
    expect(host.type('AT+CSCA?\r')).toBe(framed('+CSCA: "+15550000000",145', 'OK'));
    host.type('AT+CSMP=17,167,0,0\r');
    expect(host.type('AT+CSCA?\r')).toBe(framed('+CSCA: "",129', 'OK'));
  });

  it('asks for the SIM tool kit every two seconds until it is told not to', async () => {
    const { host, clock } = ready('zte-mf180');
    await clock.advance(4_000);
    expect(host.take()).toBe(framed('+ZUSIMR:2', '+ZUSIMR:2'));
    host.type('AT+ZUSIMR=0\r');
    await clock.advance(60_000);
    expect(host.take()).toBe('');
  });

  it('loads nothing before the PIN, and says that the SIM is busy for ten seconds after it', async () => {
    const { host, clock } = setUp({ profile: profileOf('zte-mf180'), sim: { pin: '1234' } });
    await clock.advance(1_000);
    host.type('AT+ZUSIMR=0;+CMEE=1\r');
    expect(host.type('ATZ\r')).toBe(framed('ERROR'));
    expect(host.type('AT+CPIN="1234"\r')).toBe(framed('OK'));
    expect(host.type('AT+CSCA?\r')).toBe(framed('+CME ERROR: 14'));
    await clock.advance(10_000);
    host.take();
    expect(host.type('AT+CSCA?\r')).toContain('+CSCA: "+15550000000",145');
  });
});

describe('a Telit module', () => {
  it('quotes an alpha that is empty', () => {
    const { host, network } = ready('telit-he910');
    network.deliver({ from: stranger, to: ownNumber, text: 'Hi' });
    expect(host.type('AT+CMGL=4\r')).toMatch(/^\r\n\+CMGL: 1,0,"",21\r\n/);
    expect(host.type('AT+CMGR=1\r')).toMatch(/^\r\n\+CMGR: 1,"",21\r\n/);
    host.type('AT+CNMI=2,2\r');
    network.deliver({ from: stranger, to: ownNumber, text: 'Hi' });
    expect(host.take()).toMatch(/^\r\n\+CMT: "",21\r\n/);
  });

  it('takes ds=2 of +CNMI and tells of no report', async () => {
    const { host, clock } = ready('telit-he910');
    expect(host.type('AT+CNMI=2,1,0,2,0\r')).toBe(framed('OK'));
    const { pdu, tpduLength } = encodeSubmit({ to: stranger, text: 'Hello', statusReport: true });
    host.type(`AT+CMGS=${tpduLength}\r`);
    await host.until(`${pdu}\x1a`, 'OK');
    await clock.advance(60_000);
    expect(host.take()).toBe('');
  });

  it('tells the number of its card and the tries of its PIN in its own way', () => {
    const { host } = ready('telit-he910', { sim: { iccid: '8900101555000111130' } });
    expect(host.type('AT#CCID\r')).toBe(framed('#CCID: 8900101555000111130', 'OK'));
    expect(host.type('AT#PCT\r')).toBe(framed('#PCT: 3', 'OK'));
  });
});

describe('a u-blox module', () => {
  it('tells the tries of both PINs and both PUKs', () => {
    expect(ready('u-blox-sara').host.type('AT+UPINCNT\r')).toBe(framed('+UPINCNT: 3,3,10,10', 'OK'));
  });

  it('goes off for good at AT+CPWROFF', async () => {
    const { host, modem, clock } = ready('u-blox-sara');
    expect(host.type('AT+CPWROFF\r')).toBe(framed('OK'));
    await clock.advance(600_000);
    expect(modem.powered).toBe(false);
  });
});

describe('a Sierra module', () => {
  it('opens its own commands to the word for it, and tells the card and its tries in its own way', () => {
    const { host } = ready('sierra-mc7304', { sim: { iccid: '8900101555000111130' } });
    expect(host.type('AT!ENTERCND="OPEN"\r')).toBe(framed('ERROR'));
    expect(host.type('AT!ENTERCND="A710"\r')).toBe(framed('OK'));
    expect(host.type('AT!ICCID?\r')).toBe(framed('!ICCID: 8900101555000111130', 'OK'));
    expect(host.type('AT+CPINC?\r')).toBe(framed('+CPINC: 3,3,10,10', 'OK'));
  });
});

describe('a Cinterion module', () => {
  it('says when texts can be had, where it was told to, ten seconds after the PIN', async () => {
    const { host, clock } = setUp({ profile: profileOf('cinterion-mc75i'), sim: { pin: '1234' } });
    await clock.advance(1_000);
    expect(host.take()).toBe(framed('^SYSSTART'));
    host.type('AT^SSET=1\r');
    host.type('AT+CPIN="1234"\r');
    await clock.advance(9_999);
    expect(host.type('AT+CMGF=0\r')).toBe(framed('+CMS ERROR: 314'));
    await clock.advance(1);
    expect(host.take()).toBe(framed('^SSIM READY'));
    expect(host.type('AT+CMGF=0\r')).toBe(framed('OK'));
  });

  it('lets nothing arrive in ME, and says that SM is full, where it was told to', () => {
    const { host, network } = ready('cinterion-mc75i', { sim: { capacity: 1 } });
    expect(host.type('AT+CPMS="ME","ME","ME"\r')).toBe(framed('+CMS ERROR: 302'));
    host.type('AT^SMGO=1\r');
    for (const text of ['one', 'two']) network.deliver({ from: stranger, to: ownNumber, text });
    expect(host.take()).toBe(framed('^SMGO: 2'));
  });
});

describe('a stick that restarts', () => {
  it.each([
    'huawei-e173',
    'zte-mf180',
    'quectel-ec25',
    'sim7600',
    'telit-he910',
    'u-blox-sara',
    'sierra-mc7304',
  ])('goes off the bus as a %s does, and comes back by itself', async (name) => {
    const { host, modem, clock } = setUp({ profile: profileOf(name) });
    const seen: boolean[] = [];
    modem.on('power', (on) => seen.push(on));
    await clock.advance(30_000);
    host.type('ATE0+ZUSIMR=0\r');
    host.take();
    expect(host.type('AT+CFUN=1,1\r')).toContain(framed('OK'));
    expect(modem.powered).toBe(false);
    await clock.advance(30_000);
    expect(seen).toEqual([false, true]);
    expect(host.type('AT+CREG?\r')).toContain('+CREG: 0,1');
  });
});

describe('the ports of a stick', () => {
  it('are those of its family, in the order of their interfaces', () => {
    const { modem, clock } = setUp({ profile: profileOf('quectel-ec25') });
    expect(stickPorts(modem, clock).map(({ interface: place, role }) => [place, role])).toEqual([
      [0, 'diagnostic'],
      [1, 'position'],
      [2, 'main'],
      [3, 'second'],
    ]);
  });

  it('are one for a modem on a serial line', () => {
    const { modem, clock } = setUp({ profile: profileOf('wavecom') });
    expect(stickPorts(modem, clock)).toEqual([{ interface: 0, role: 'main', port: modem }]);
  });

  it('tell unsolicited lines where AT+QURCCFG sends them', () => {
    const { modem, host, clock } = ready('quectel-ec25');
    const second = new BenchHost(stickPorts(modem, clock)[3]?.port ?? modem);
    const heard = () => {
      modem.unsolicited('RING');
      return [host.take(), second.take()];
    };
    expect(heard()).toEqual([framed('RING'), '']);
    host.type('AT+QURCCFG="urcport","usbmodem"\r');
    expect(heard()).toEqual(['', framed('RING')]);
    host.type('AT+QURCCFG="urcport","all"\r');
    expect(heard()).toEqual([framed('RING'), framed('RING')]);
  });
});

describe('a SIM taken out', () => {
  it.each([
    ['huawei-e173', framed('^SIMST:255')],
    ['sim800', framed('+CPIN: NOT READY')],
    ['wavecom', ''],
  ])('is told of by a %s or not', (name, told) => {
    const { modem, host } = ready(name);
    modem.equipment.changeSim(undefined);
    expect(host.take()).toBe(told);
    expect(host.type('AT+CPIN?\r')).toBe(framed('+CME ERROR: 10'));
  });
});
