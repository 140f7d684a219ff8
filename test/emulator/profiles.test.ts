import { describe, expect, it } from 'vitest';
import { immediate, type Profile, profiles } from '../../src/emulator/index.ts';
import { decodePdu, encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';

const stranger = '+15557654321';
const names = Object.keys(profiles);

function profileOf(name: string): Profile {
  const profile = profiles[name];
  if (!profile) throw new Error(`There is no profile ${name}.`);
  return profile;
}

/** What each family takes of +CNMI for texts that are stored and reports that are told, and how it tells of one. */
const handedOver = { wanted: '2,1,0,1,0', told: /^\r\n\+CDS: 25\r\n[0-9A-F]+\r\n$/ };
const indications: Readonly<Record<string, typeof handedOver>> = {
  'zte-mf180': { wanted: '1,1,0,2,0', told: /^\r\n\+CDSI: "SR",0\r\n$/ },
  'sierra-mc7304': { wanted: '1,1,0,2,0', told: /^\r\n\+CDSI: "SR",0\r\n$/ },
  'cinterion-mc75i': { wanted: '2,1,0,2,1', told: /^\r\n\+CDSI: "SM",1\r\n$/ },
};

/** A modem of a family that is ready for everything. */
function readyBench(name: string, options: Parameters<typeof setUp>[0] = {}): Bench {
  const bench = setUp({ profile: immediate(profileOf(name)), ...options });
  bench.host.take();
  return bench;
}

describe.each(names)('a %s', (name) => {
  it('sends, receives, tells, reads and deletes', async () => {
    const bench = readyBench(name);
    bench.host.type('AT+CMEE=1\r');
    bench.host.type('AT+CMGF=0\r');
    const { wanted, told } = indications[name] ?? handedOver;
    expect(bench.host.type(`AT+CNMI=${wanted}\r`)).toBe(framed('OK'));
    const { pdu, tpduLength } = encodeSubmit({ to: stranger, text: 'Hello', statusReport: true });
    expect(bench.host.type(`AT+CMGS=${tpduLength}\r`)).toBe('\r\n> ');
    expect(await bench.host.until(`${pdu}\x1a`, 'OK')).toBe(framed('+CMGS: 1', 'OK'));
    await bench.clock.advance(0);
    expect(bench.host.take()).toMatch(told);

    bench.network.deliver({ from: stranger, to: ownNumber, text: 'Hi' });
    const [, storage, index] = /^\r\n\+CMTI: "(\w\w)",(\d+)\r\n$/.exec(bench.host.take()) ?? [];
    bench.host.type(`AT+CPMS="${storage}"\r`);
    const [, read = ''] =
      /\+CMGR: 0,(?:"")?,\d+\r\n([0-9A-F]+)\r\n/.exec(bench.host.type(`AT+CMGR=${index}\r`)) ?? [];
    expect(decodePdu(read, { direction: 'MT' })).toMatchObject({
      kind: 'deliver',
      text: 'Hi',
      address: stranger,
    });
    expect(bench.host.type(`AT+CMGD=${index}\r`)).toBe(framed('OK'));
    expect(bench.host.type(`AT+CMGR=${index}\r`)).not.toContain('+CMGR:');
  });

  it('refuses a command that it does not have in its own words', () => {
    const { host } = readyBench(name);
    host.type('AT+CMEE=1\r');
    const words = { 'huawei-e173': 'COMMAND NOT SUPPORT', sim800: '+CME ERROR: 100' }[name] ?? 'ERROR';
    expect(host.type('AT+NOSUCH?\r')).toBe(framed(words));
  });

  it('is ready in its time after power-on, and not before', async () => {
    const bench = setUp({ profile: profileOf(name) });
    await bench.clock.advance(20_000);
    bench.host.take();
    expect(bench.host.type('ATE0+CREG?\r')).toContain('+CREG: 0,1');
    expect(bench.host.type('AT+CMGF=0\r')).toBe(framed('OK'));
  });
});

/** Lines of recorded dialogues with real modems of these families. */
const recorded: readonly [name: string, typed: string, answer: string][] = [
  ['huawei-e173', 'AT+CGMR\r', framed('11.126.85.00.00', 'OK')],
  ['huawei-e173', 'AT^CURC=0\r', framed('OK')],
  ['huawei-e173', 'AT+CPMS=?\r', framed(`+CPMS: ${Array(3).fill('("ME","MT","SM","SR")').join(',')}`, 'OK')],
  ['huawei-e173', 'AT+CNMI=?\r', framed('+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)', 'OK')],
  ['huawei-e173', 'AT+WIND?\r', framed('COMMAND NOT SUPPORT')],
  ['huawei-e173', 'AT^USSDMODE=0\r', framed('OK')],
  ['huawei-e173', 'AT+CREG=2;+CREG?\r', framed('+CREG: 2,1,8BE3,2BAF', 'OK')],
  ['huawei-e173', 'AT+CMGR=3\r', framed('OK')],
  ['quectel-ec25', 'AT+CMGR=0\r', framed('OK')],
  ['quectel-ec25', 'AT+CPMS="SM"\r', framed('+CPMS: 0,50,0,255,0,255', 'OK')],
  ['quectel-ec25', 'AT+QPINC="SC"\r', framed('+QPINC: "SC",3,10', 'OK')],
  ['sim800', 'AT+CNMI=?\r', framed('+CNMI: (0-3),(0-3),(0,2),(0,1),(0,1)', 'OK')],
  ['sim800', 'AT+CNMI?\r', framed('+CNMI: 2,1,0,0,0', 'OK')],
  ['sim800', 'AT+CNMI=2,1,0,2\r', framed('+CMS ERROR: 302')],
  ['sim800', 'AT+CMEE=1;+CLAC\r', framed('+CME ERROR: 100')],
  ['sim800', 'AT+CSCS=?\r', framed('+CSCS: ("IRA","GSM","UCS2","HEX","PCCP","PCDN","8859-1")', 'OK')],
  ['sim800', 'AT+CNUM=?\r', framed('OK')],
  ['sim800', 'AT+CGMI\r', framed('SIMCOM_Ltd', 'OK')],
  ['sim800', 'AT+DDET=1\r', framed('OK')],
  ['sim7600', 'AT+CNMP=14\r', framed('OK')],
  ['sim7600', 'AT+CICCID\r', framed('+ICCID: 8900101555000111130', 'OK')],
  ['wavecom', 'AT+CGMI\r', framed(' WAVECOM MODEM', 'OK')],
  ['wavecom', 'AT+CGMM\r', framed(' MULTIBAND  900E  1800', 'OK')],
  ['wavecom', 'AT+CGMR\r', framed('641b09gg.Q2403A 1320676 061804 14:38', 'OK')],
  ['wavecom', 'AT+CLAC\r', framed('ERROR')],
  ['wavecom', 'AT+CPMS=?\r', framed('+CPMS: (("SM","BM","SR"),("SM"))', 'OK')],
  ['wavecom', 'AT+CPMS="SM","SM","SR"\r', framed('ERROR')],
  ['wavecom', 'AT+CPMS="SM","SM"\r', framed('+CPMS: 0,50,0,50', 'OK')],
  ['wavecom', 'AT+CNMI=2,1,0,2\r', framed('OK')],
  ['wavecom', 'AT+CPIN?\r', framed('+CPIN: READY')],
  ['wavecom', 'AT+WIND?\r', framed('+WIND: 0', 'OK')],
];

describe('a modem of a family', () => {
  it.each(recorded)('%s answers %j as recorded', (name, typed, answer) => {
    expect(readyBench(name, { sim: { iccid: '8900101555000111130' } }).host.type(typed)).toBe(answer);
  });
});

describe('a Huawei stick', () => {
  it('frames its answers to the octet as recorded, with echo', () => {
    const { host, network } = readyBench('huawei-e173');
    host.type('ATE1\r');
    expect(host.type('\x1b\r')).toBe('');
    expect(host.type('AT\r')).toBe('AT\r\r\nOK\r\n');
    expect(host.type('AT+CGMR\r')).toBe('AT+CGMR\r\r\n11.126.85.00.00\r\n\r\nOK\r\n');
    expect(host.type('AT+MODE=2\r')).toBe('AT+MODE=2\r\r\nCOMMAND NOT SUPPORT\r\n');
    const pdu = '07913366003051F5040B913366304381F900005180719120348004D4F29C0E';
    network.deliver({ from: stranger, to: ownNumber, pdus: [pdu] });
    const listed = `AT+CMGL=4\r\r\n+CMGL: 0,0,,23\r\n${pdu}\r\n\r\nOK\r\n`;
    expect(host.type('AT+CMGL=4\r')).toBe(listed);
  });

  it('talks until it is told not to', async () => {
    const { host, clock } = readyBench('huawei-e173');
    await clock.advance(10_000);
    expect(host.take()).toBe(framed('^RSSI:19', '^BOOT:18919971,0,0,0,20'));
    host.type('AT^CURC=0\r');
    await clock.advance(60_000);
    expect(host.take()).toBe('');
  });

  it('says 500 to message commands for two seconds after the PIN', async () => {
    const { host, clock } = setUp({ profile: profileOf('huawei-e173'), sim: { pin: '1234' } });
    await clock.advance(500);
    expect(host.type('AT+CPIN="1234"\r')).toBe(framed('^SIMST:1', 'OK'));
    expect(host.type('AT+CMMS=2\r')).toBe(framed('+CMS ERROR: 500'));
    await clock.advance(2_000);
    expect(host.take()).toBe('');
    expect(host.type('AT+CMMS=2\r')).toBe(framed('OK'));
  });

  it('shows the number of the card with its digits swapped, and its tries', () => {
    const { host } = readyBench('huawei-e173', { sim: { iccid: '8944200053671052499' } });
    expect(host.type('AT^ICCID?\r')).toBe(framed('^ICCID: 984402003576012594F9', 'OK'));
    expect(host.type('AT^CPIN?\r')).toBe(framed('^CPIN: READY,,10,3,10,3', 'OK'));
  });

  it('wants USSD packed, and answers so, until AT^USSDMODE=0', async () => {
    const { host, clock } = readyBench('huawei-e173');
    expect(host.type('AT+CUSD=1,"*100#",15\r')).toBe(framed('ERROR'));
    expect(host.type('AT+CUSD=1,"AA180C3602",15\r')).toBe(framed('OK'));
    await clock.advance(0);
    expect(host.take()).toMatch(/^\r\n\+CUSD: 0,"[0-9A-F]+",15\r\n$/);
    host.type('AT^USSDMODE=0\r');
    host.type('AT+CUSD=1,"*100#",15\r');
    await clock.advance(0);
    expect(host.take()).toContain('Your balance is 12.34 EUR.');
  });

  it('says that a storage is full', () => {
    const bench = readyBench('huawei-e173', { sim: { capacity: 1 } });
    for (const text of ['one', 'two']) bench.network.deliver({ from: stranger, to: ownNumber, text });
    expect(bench.host.take()).toBe(framed('^SMMEMFULL: "SM"'));
  });
});

describe('a Quectel module', () => {
  it('starts with its own lines, and waits with messages until SMS DONE', async () => {
    const { host, clock } = setUp({ profile: profileOf('quectel-ec25') });
    await clock.advance(5_999);
    expect(host.take()).toBe(framed('RDY', '+CFUN: 1', '+CPIN: READY', '+QUSIM: 1'));
    expect(host.type('AT+CMGF=0\r')).toBe(framed('+CMS ERROR: 500'));
    await clock.advance(2_001);
    expect(host.take()).toBe(framed('+QIND: SMS DONE', '+QIND: PB DONE'));
    expect(host.type('AT+CMGF=0\r')).toBe(framed('OK'));
  });

  it('announces a report where it does not lie', async () => {
    const bench = readyBench('quectel-ec25');
    bench.host.type('AT+CNMI=2,1,0,2,0\r');
    const { pdu, tpduLength } = encodeSubmit({ to: stranger, text: 'Hello', statusReport: true });
    bench.host.type(`AT+CMGS=${tpduLength}\r`);
    await bench.host.until(`${pdu}\x1a`, 'OK');
    await bench.clock.advance(0);
    expect(bench.host.take()).toBe(framed('+CDSI: "SM",0'));
    expect(bench.host.type('AT+CPMS="SM";+CMGR=0\r')).toMatch(/\+CPMS: 0,50,[^+]*\r\n\r\nOK\r\n$/);
    expect(bench.host.type('AT+CPMS="SR";+CMGR=0\r')).toMatch(/\+CMGR: 0,,25\r\n/);
  });

  it('tells nothing on this port when the host sent it to another', () => {
    const bench = readyBench('quectel-ec25');
    bench.host.type('AT+QURCCFG="urcport","usbmodem"\r');
    expect(bench.host.type('AT+QURCCFG="urcport"\r')).toBe(framed('+QURCCFG: "urcport","usbmodem"', 'OK'));
    bench.network.deliver({ from: stranger, to: ownNumber, text: 'x' });
    expect(bench.host.take()).toBe('');
    expect(bench.host.type('AT+CPMS?\r')).toContain('"ME",1,255');
  });
});

describe('a SIM800', () => {
  it('answers ERROR until it has said SMS Ready', async () => {
    const { host, clock } = setUp({ profile: profileOf('sim800') });
    expect(host.type('AT+CMGF=1\r')).toBe(framed('ERROR'));
    await clock.advance(8_000);
    expect(host.take()).toBe(framed('RDY', '+CFUN: 1', '+CPIN: READY', 'Call Ready', 'SMS Ready'));
    expect(host.type('AT+CMGF=1\r')).toBe(framed('OK'));
  });

  it('says nothing of readiness while it waits for a PIN', async () => {
    const { host, clock } = setUp({ profile: profileOf('sim800'), sim: { pin: '1234' } });
    await clock.advance(20_000);
    expect(host.take()).toBe(framed('RDY', '+CFUN: 1'));
    expect(host.type('AT+SPIC\r')).toBe(framed('+SPIC: 3,3,10,10', 'OK'));
    host.type('AT+CPIN="1234"\r');
    await clock.advance(5_000);
    expect(host.take()).toBe(framed('Call Ready', 'SMS Ready'));
  });
});

describe('a SIM7600', () => {
  it('puts its errors in words', async () => {
    const bench = readyBench('sim7600');
    bench.network.addPhone(stranger, { refuse: 500 });
    bench.host.type('AT+CMGF=1\r');
    bench.host.type(`AT+CMGS="${stranger}"\r`);
    expect(await bench.host.until('Hello\x1a', 'rror')).toContain('+CMS ERROR: Unknown error');
  });

  it('tells of a missed call in its own words', () => {
    const bench = readyBench('sim7600');
    bench.network.call(ownNumber, stranger);
    bench.network.hangUp(ownNumber);
    expect(bench.host.take()).toContain(framed('VOICE CALL: END', 'NO CARRIER', 'MISSED_CALL: 08:15AM'));
  });
});

describe('a Wavecom modem', () => {
  it('restarts at AT+CFUN=1, and then answers 515 for a while', async () => {
    const { host, clock } = setUp({ profile: profileOf('wavecom') });
    await clock.advance(10_000);
    host.type('ATE0\r');
    host.take();
    expect(host.type('AT+CFUN=1\r')).toBe(framed('OK'));
    expect(host.type('AT+CMEE=1\r')).toContain(framed('+CME ERROR: 515'));
    expect(host.type('AT\r')).toContain(framed('OK'));
    await clock.advance(2_000);
    expect(host.type('AT+CMEE=1\r')).toContain(framed('OK'));
  });
});

describe('a storm', () => {
  it('blows until it is stopped', async () => {
    const { host, modem, clock } = readyBench('generic');
    const storm = modem.storm(['^RSSI:1', '^RSSI:2'], 100);
    await clock.advance(250);
    expect(host.take()).toBe(framed('^RSSI:1', '^RSSI:2', '^RSSI:1', '^RSSI:2'));
    storm.stop();
    await clock.advance(1_000);
    expect(host.take()).toBe('');
  });
});
