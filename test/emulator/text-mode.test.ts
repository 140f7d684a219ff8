import { describe, expect, it } from 'vitest';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';

async function send(bench: Bench, setUpCommands: string, address: string, text: string): Promise<string> {
  bench.host.type(`AT+CMGF=1;${setUpCommands}\r`);
  bench.host.type(`AT+CMGS=${address}\r`);
  return bench.host.until(`${text}\x1a`, /OK\r\n|ERROR[^\r]*\r\n/);
}

describe('sending in text mode', () => {
  it.each([
    ['+CSCS="GSM"', '"+15557654321"', 'Hello', 'Hello'],
    ['+CSCS="GSM"', '"+15557654321"', '\x00 \x02 \x11', '@ $ _'],
    ['+CSCS="IRA"', '"+15557654321",145', 'at @ and [brackets]', 'at @ and [brackets]'],
    ['+CSCS="8859-1"', '"+15557654321"', 'caf\xe9 \xfcber', 'café über'],
    [
      '+CSCS="UCS2"',
      '"002B00310035003500350037003600350034003300320031"',
      '00480065006C006C006F20AC',
      'Hello€',
    ],
    ['+CSCS="HEX"', '"2B3135353537363534333231"', '48656C6C6F', 'Hello'],
    ['+CSMP=17,167,0,8;+CSCS="GSM"', '"+15557654321"', '4F60597D', '你好'],
    ['+CSCS="GSM"', '"+15557654321"', 'two\rlines', 'two\nlines'],
    ['+CSCS="GSM"', '"+15557654321"', 'x'.repeat(160), 'x'.repeat(160)],
  ])('with %s to %s of %j', async (setUpCommands, address, typed, text) => {
    const bench = setUp();
    expect(await send(bench, setUpCommands, address, typed)).toContain(framed('+CMGS: 1', 'OK'));
    expect(bench.network.submissions.last).toMatchObject({ to: '+15557654321', text, reportWanted: false });
  });

  it('asks for a report where +CSMP does', async () => {
    const bench = setUp();
    await send(bench, '+CSMP=49,167,0,0', '"+15557654321"', 'Hello');
    expect(bench.network.submissions.last?.reportWanted).toBe(true);
  });

  it.each([
    ['a text of 161 characters', '+CSCS="GSM"', '"+15557654321"', 'x'.repeat(161)],
    ['a number that is none', '+CSCS="GSM"', '"Alice"', 'Hello'],
    ['odd hexadecimal', '+CSMP=17,167,0,8', '"+15557654321"', '4F6'],
    ['a character outside the alphabet', '+CSCS="UCS2"', '"0031"', '4F60'],
    ['parameters that make no SUBMIT', '+CSMP=16,167,0,0', '"+15557654321"', 'Hello'],
  ])('refuses %s with 305', async (_title, setUpCommands, address, typed) => {
    const bench = setUp();
    expect(await send(bench, setUpCommands, address, typed)).toBe(framed('+CMS ERROR: 305'));
    expect(bench.network.submissions.count).toBe(0);
  });

  it('stores a text, and sends it', async () => {
    const bench = setUp();
    bench.host.type('AT+CMGF=1;+CSCS="IRA"\r');
    bench.host.type('AT+CMGW="+15557654321"\r');
    expect(await bench.host.until('draft\x1a', 'OK')).toBe(framed('+CMGW: 1', 'OK'));
    expect(bench.host.type('AT+CMGR=1\r')).toBe(framed('+CMGR: "STO UNSENT","+15557654321",\r\ndraft', 'OK'));
    expect(await bench.host.until('AT+CMSS=1\r', 'OK')).toBe(framed('+CMSS: 1', 'OK'));
    expect(bench.host.type('AT+CMGL="STO SENT"\r')).toContain(
      '+CMGL: 1,"STO SENT","+15557654321",,\r\ndraft',
    );
  });
});

describe('reading in text mode', () => {
  function received(text: string, from = '+15557654321'): Bench {
    const bench = setUp();
    bench.host.type('AT+CMGF=1;+CSCS="IRA"\r');
    bench.network.deliver({ from, to: ownNumber, text });
    return bench;
  }

  it('shows sender, time and text', () => {
    const { host } = received('Hello');
    const head = '"+15557654321",,"26/06/08,13:30:06+00"';
    expect(host.type('AT+CMGR=1\r')).toBe(framed(`+CMGR: "REC UNREAD",${head}\r\nHello`, 'OK'));
    expect(host.type('AT+CMGL="ALL"\r')).toBe(framed(`+CMGL: 1,"REC READ",${head}\r\nHello`, 'OK'));
    expect(host.type('AT+CMGL="REC UNREAD"\r')).toBe(framed('OK'));
    expect(host.type('AT+CMGL="NONE"\r')).toBe(framed('+CMS ERROR: 305'));
  });

  it('shows more with +CSDH=1', () => {
    const { host } = received('Hello');
    const head = '"+15557654321",,"26/06/08,13:30:06+00"';
    host.type('AT+CSDH=1\r');
    expect(host.type('AT+CMGR=1\r')).toContain(`${head},145,4,0,0,"+15550000000",145,5\r\nHello\r\n`);
    expect(host.type('AT+CMGL="ALL"\r')).toContain(`${head},145,5\r\nHello\r\n`);
  });

  it('shows what is not in the alphabet in hexadecimal, and a name as sender', () => {
    expect(received('你好').host.type('AT+CMGR=1\r')).toContain('\r\n4F60597D\r\n');
    expect(received('Hello', 'Postern').host.type('AT+CMGR=1\r')).toContain('"Postern",,');
  });

  it.each([
    ['GSM', '\x00\x1be'],
    ['IRA', '@?'],
    ['UCS2', '004020AC'],
    ['HEX', '001B65'],
    ['8859-1', '@?'],
  ])('writes text in %s', (characterSet, shown) => {
    const { host } = received('@€');
    host.type(`AT+CSCS="${characterSet}"\r`);
    expect(host.type('AT+CMGR=1\r')).toContain(`\r\n${shown}\r\n`);
  });

  it('hands texts and reports on', async () => {
    const bench = setUp();
    bench.host.type('AT+CMGF=1;+CSCS="IRA";+CNMI=2,2,0,1\r');
    bench.network.deliver({ from: '+15557654321', to: ownNumber, text: 'Hello' });
    expect(bench.host.take()).toBe(framed('+CMT: "+15557654321",,"26/06/08,13:30:06+00"\r\nHello'));
    await send(bench, '+CSMP=49,167,0,0', '"+15557654321"', 'Hello');
    await bench.clock.advance(0);
    const times = '"26/06/08,13:30:06+00","26/06/08,13:30:06+00"';
    expect(bench.host.take()).toBe(framed(`+CDS: 6,1,"+15557654321",145,${times},0`));
  });
});
