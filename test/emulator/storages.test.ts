import { describe, expect, it } from 'vitest';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';

function fill({ network }: Bench, ...texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => network.deliver({ from: '+15557654321', to: ownNumber, text }));
}

describe('the storages', () => {
  it.each([
    ['AT+CPMS=?', '+CPMS: ("SM","ME","MT","SR"),("SM","ME","MT"),("SM","ME","MT")'],
    ['AT+CPMS="ME"', '+CPMS: 0,100,0,50,0,50'],
    ['AT+CPMS="ME","ME","ME"', '+CPMS: 0,100,0,100,0,100'],
    ['AT+CPMS="SR","SM","MT";+CPMS?', '+CPMS: "SR",0,50,"SM",0,50,"MT",0,150'],
    ['AT+CPMS="sm",,"me"', '+CPMS: 0,50,0,50,0,100'],
  ])('answer %s', (command, answer) => {
    expect(setUp().host.type(`${command}\r`)).toContain(framed(answer, 'OK'));
  });

  it.each(['AT+CPMS="XX"', 'AT+CPMS="SM","SR"', 'AT+CPMS=', 'AT+CPMS="SM","SM","SM","SM"'])(
    'refuse %s',
    (command) => {
      expect(setUp().host.type(`${command}\r`)).toBe(framed('+CMS ERROR: 302'));
    },
  );

  it('list texts, unread ones by themselves, and mark them as read', () => {
    const bench = setUp();
    const [first, second] = fill(bench, 'one', 'two');
    const length = (pdu = '') => pdu.length / 2 - 8;
    const listed = [`+CMGL: 1,0,,${length(first)}\r\n${first}`, `+CMGL: 2,0,,${length(second)}\r\n${second}`];
    expect(bench.host.type('AT+CMGL=0\r')).toBe(framed(listed.join('\r\n'), 'OK'));
    expect(bench.host.type('AT+CMGL\r')).toBe(framed('OK'));
    expect(bench.host.type('AT+CMGL=1\r')).toContain('+CMGL: 2,1,,');
    expect(bench.host.type('AT+CMGL=5\r')).toBe(framed('+CMS ERROR: 302'));
  });

  it('read a text at its index, and mark it as read', () => {
    const bench = setUp();
    const [pdu = ''] = fill(bench, 'one');
    const length = pdu.length / 2 - 8;
    expect(bench.host.type('AT+CMGR=1\r')).toBe(framed(`+CMGR: 0,,${length}\r\n${pdu}`, 'OK'));
    expect(bench.host.type('AT+CMGR=1\r')).toBe(framed(`+CMGR: 1,,${length}\r\n${pdu}`, 'OK'));
  });

  it.each(['AT+CMGR=0', 'AT+CMGR=1', 'AT+CMGR=51', 'AT+CMGR="1"', 'AT+CMGR=', 'AT+CMGD=0', 'AT+CMGD=51'])(
    'know no place at %s',
    (command) => {
      expect(setUp().host.type(`${command}\r`)).toBe(framed('+CMS ERROR: 321'));
    },
  );

  it.each([
    ['AT+CMGD=1', '2,3,4'],
    ['AT+CMGD=1,1', '2,3,4'],
    ['AT+CMGD=4,2', '2,4'],
    ['AT+CMGD=1,3', '2'],
    ['AT+CMGD=1,4', ''],
  ])('keep after %s the places %j', async (command, kept) => {
    const bench = setUp();
    const [pdu = ''] = fill(bench, 'read', 'unread');
    bench.host.type('AT+CMGR=1\r');
    for (const status of [3, 2]) {
      bench.host.type(`AT+CMGW=${pdu.length / 2 - 8},${status}\r`);
      await bench.host.until(`${pdu}\x1a`, 'OK');
    }
    expect(bench.host.type(`${command}\r`)).toBe(framed('OK'));
    expect(bench.host.type('AT+CMGD=?\r')).toBe(framed(`+CMGD: (${kept}),(0-4)`, 'OK'));
  });

  it('take the first free place', () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,1\r');
    fill(bench, 'one', 'two', 'three');
    bench.host.type('AT+CMGD=2\r');
    bench.host.take();
    fill(bench, 'four');
    expect(bench.host.take()).toBe(framed('+CMTI: "SM",2'));
  });

  it('show texts of both in MT', () => {
    const bench = setUp();
    fill(bench, 'on the card');
    bench.host.type('AT+CPMS="MT","MT","ME"\r');
    fill(bench, 'in the modem');
    expect(bench.host.type('AT+CMGF=1;+CMGL="ALL"\r')).toMatch(
      /\+CMGL: 1,.*in the modem.*\+CMGL: 101,.*on the card/s,
    );
    bench.host.type('AT+CMGD=101\r');
    expect(bench.host.type('AT+CPMS?\r')).toContain('+CPMS: "MT",1,150');
  });
});

describe('the service centre address', () => {
  it('is read and set, on the card', () => {
    const { host, sim } = setUp({ sim: { smsc: '+15550000000' } });
    expect(host.type('AT+CSCA?\r')).toBe(framed('+CSCA: "+15550000000",145', 'OK'));
    expect(host.type('AT+CSCA="491710760000",145;+CSCA?\r')).toBe(framed('+CSCA: "+491710760000",145', 'OK'));
    expect(sim.smsc).toBe('+491710760000');
    expect(host.type('AT+CSCA="abc"\r')).toBe(framed('+CMS ERROR: 304'));
  });

  it('is written in the character set of the host', () => {
    const { host } = setUp({ sim: { smsc: '+12' } });
    expect(host.type('AT+CSCS="UCS2";+CSCA?\r')).toBe(framed('+CSCA: "002B00310032",145', 'OK'));
  });
});
