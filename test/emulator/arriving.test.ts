import { describe, expect, it } from 'vitest';
import { type DeliverFields, decodePdu, encodeDeliver } from '../../src/gsm/pdu/index.ts';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';

const stranger = '+15557654321';

/** Lets a text arrive and takes what the modem says. */
function arrive({ network, host }: Bench, text = 'Hello'): string {
  network.deliver({ from: stranger, to: ownNumber, text });
  return host.take();
}

/** Lets a text of a special kind arrive. */
function arrivePdu({ network }: Bench, fields: Partial<DeliverFields>): void {
  const { pdu } = encodeDeliver({
    from: stranger,
    smsc: '+15550000000',
    scts: '2026-06-08T13:30:06Z',
    ...fields,
  });
  network.deliver({ from: stranger, to: ownNumber, pdus: [pdu] });
}

/** The text in the hexadecimal line of an answer. */
function textIn(seen: string): string | undefined {
  const pdu = /\r\n([0-9A-F]+)\r\n/.exec(seen)?.[1] ?? '';
  const fields = decodePdu(pdu, { direction: 'MT' });
  return fields.kind === 'deliver' ? fields.text : undefined;
}

describe('an arriving text', () => {
  it('is stored without a word until the host asks to be told', () => {
    const bench = setUp();
    expect(arrive(bench)).toBe('');
    expect(bench.host.type('AT+CPMS?\r')).toBe(framed('+CPMS: "SM",1,50,"SM",1,50,"SM",1,50', 'OK'));
  });

  it('is announced by its storage and index', () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,1\r');
    expect(arrive(bench)).toBe(framed('+CMTI: "SM",1'));
    bench.host.type('AT+CPMS="SM","SM","ME"\r');
    expect(arrive(bench)).toBe(framed('+CMTI: "ME",1'));
    bench.host.type('AT+CPMS="SM","SM","MT"\r');
    expect(arrive(bench)).toBe(framed('+CMTI: "MT",2'));
  });

  it('is handed on at once with mt=2, and not stored', () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,2\r');
    const seen = arrive(bench);
    expect(seen).toMatch(/^\r\n\+CMT: ,24\r\n[0-9A-F]+\r\n$/);
    expect(textIn(seen)).toBe('Hello');
    expect(bench.host.type('AT+CMGL=4\r')).toBe(framed('OK'));
  });

  it('of class 2 is stored even so', () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,2\r');
    bench.network.deliver({ from: stranger, to: ownNumber, text: 'for the card', messageClass: 2 });
    expect(bench.host.take()).toBe(framed('+CMTI: "SM",1'));
  });

  it.each([
    [3, '+CMT'],
    [1, '+CMTI'],
  ] as const)('of class %i comes as %s with mt=3', (messageClass, line) => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,3\r');
    bench.network.deliver({ from: stranger, to: ownNumber, text: 'x', messageClass });
    expect(bench.host.take()).toContain(`${line}:`);
  });

  it('is told of later when the host wanted that, or never when it wanted that', () => {
    const later = setUp();
    later.host.type('AT+CNMI=0,1\r');
    expect(arrive(later)).toBe('');
    expect(later.host.type('AT+CNMI=2,1,0,0,0\r')).toBe(framed('+CMTI: "SM",1', 'OK'));
    const never = setUp();
    never.host.type('AT+CNMI=0,1\r');
    arrive(never);
    expect(never.host.type('AT+CNMI=2,1,0,0,1\r')).toBe(framed('OK'));
  });

  it('waits while the modem stands at a prompt', async () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,1\r');
    bench.host.type('AT+CMGS=18\r');
    expect(arrive(bench)).toBe('');
    expect(await bench.host.until('\x1b', 'OK')).toBe(framed('+CMTI: "SM",1', 'OK'));
  });

  it('comes between the text of a send and its result', async () => {
    const bench = setUp({ network: { latencyMs: 500 } });
    bench.host.type('AT+CNMI=2,1\r');
    bench.host.type('AT+CMGS=18\r');
    bench.host.type('0011000B915155674523F10000A704F4F29C0E\x1a');
    expect(arrive(bench)).toBe(framed('+CMTI: "SM",1'));
    await bench.clock.advance(500);
    expect(bench.host.take()).toBe(framed('+CMGS: 1', 'OK'));
  });

  it('is held by the network while the storage is full, and comes when there is room', () => {
    const bench = setUp({ sim: { capacity: 2 } });
    bench.host.type('AT+CNMI=2,1\r');
    const lines = ['one', 'two', 'three'].map((text) => arrive(bench, text));
    expect(lines).toEqual([framed('+CMTI: "SM",1'), framed('+CMTI: "SM",2'), '']);
    expect(bench.network.heldFor(ownNumber)).toBe(1);
    expect(bench.host.type('AT+CMGD=2\r')).toBe(framed('+CMTI: "SM",2', 'OK'));
    expect(textIn(bench.host.type('AT+CMGR=2\r'))).toBe('three');
  });

  it('is held while the modem says that it has no room', async () => {
    const bench = setUp({ network: { retryMs: 10_000 } });
    bench.modem.faults.storageFull = true;
    arrive(bench);
    expect(bench.network.heldFor(ownNumber)).toBe(1);
    bench.modem.faults.storageFull = false;
    await bench.clock.advance(10_000);
    expect(bench.network.heldFor(ownNumber)).toBe(0);
    expect(bench.host.type('AT+CPMS?\r')).toContain('"SM",1,50');
  });

  it('of type 0, or with a waiting indication to be discarded, is taken and not stored', () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,1\r');
    arrivePdu(bench, { text: 'silent', pid: 0x40 });
    arrivePdu(bench, { text: 'voice mail', dcs: 0xc8 });
    expect(bench.network.heldFor(ownNumber)).toBe(0);
    expect(bench.host.take() + bench.host.type('AT+CMGL=4\r')).toBe(framed('OK'));
  });

  it('of a replace type takes the place of the one before, if it is from the same sender', () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,1\r');
    arrivePdu(bench, { text: 'first', pid: 0x42 });
    arrivePdu(bench, { text: 'other', pid: 0x41 });
    bench.host.take();
    arrivePdu(bench, { text: 'second', pid: 0x42 });
    expect(bench.host.take()).toBe(framed('+CMTI: "SM",1'));
    expect(textIn(bench.host.type('AT+CMGR=1\r'))).toBe('second');
    expect(bench.host.type('AT+CPMS?\r')).toContain('"SM",2,50');
  });

  it('is held while the modem is away, and comes when it is back', async () => {
    const bench = setUp();
    bench.modem.powerOff();
    arrive(bench);
    expect(bench.network.heldFor(ownNumber)).toBe(1);
    bench.modem.powerOn();
    expect(bench.network.heldFor(ownNumber)).toBe(0);
  });
});

describe('with CSMS=1', () => {
  function acknowledging(): Bench {
    const bench = setUp({ network: { retryMs: 30_000 } });
    bench.host.type('AT+CSMS=1;+CNMI=2,2,0,1\r');
    return bench;
  }

  it.each(['AT+CNMA\r', 'AT+CNMA=0\r', 'AT+CNMA=1\r'])(
    'the next text comes after %j',
    async (acknowledgement) => {
      const bench = acknowledging();
      expect(textIn(arrive(bench, 'one'))).toBe('one');
      expect(arrive(bench, 'two')).toBe('');
      expect(await bench.host.until(acknowledgement, 'OK')).toBe(framed('OK'));
      await bench.clock.advance(0);
      expect(textIn(bench.host.take())).toBe('two');
      expect(bench.network.heldFor(ownNumber)).toBe(1);
    },
  );

  it('a text can be acknowledged with a PDU', async () => {
    const bench = acknowledging();
    arrive(bench);
    expect(bench.host.type('AT+CNMA=1,2\r')).toBe('\r\n> ');
    expect(await bench.host.until('0000\x1a', 'OK')).toBe(framed('OK'));
    await bench.clock.advance(0);
    expect(bench.network.heldFor(ownNumber)).toBe(0);
  });

  it('a text that is not acknowledged comes again, and the modem stops handing on', async () => {
    const bench = acknowledging();
    arrive(bench);
    await bench.clock.advance(15_000);
    expect(bench.host.type('AT+CNMI?\r')).toBe(framed('+CNMI: 2,0,0,0,0', 'OK'));
    bench.host.type('AT+CNMI=2,2\r');
    await bench.clock.advance(30_000);
    expect(textIn(bench.host.take())).toBe('Hello');
  });

  it('there must be something to acknowledge', () => {
    expect(acknowledging().host.type('AT+CNMA\r')).toBe(framed('+CMS ERROR: 340'));
  });
});

describe('a status report', () => {
  async function sendOne(notifications: string): Promise<Bench> {
    const bench = setUp({ network: { reportDelayMs: 1_000 } });
    bench.host.type(`AT+CNMI=${notifications}\r`);
    bench.host.type('AT+CMGS=18\r');
    await bench.host.until('0031000B915155674523F10000A704F4F29C0E\x1a', 'OK');
    await bench.clock.advance(1_000);
    return bench;
  }

  it('is handed on with ds=1', async () => {
    const { host } = await sendOne('2,1,0,1,0');
    const [, pdu = ''] = /^\r\n\+CDS: 25\r\n([0-9A-F]+)\r\n$/.exec(host.take()) ?? [];
    expect(decodePdu(pdu, { direction: 'MT' })).toMatchObject({
      kind: 'status-report',
      mr: 1,
      address: stranger,
      scts: '2026-06-08T13:30:06Z',
      discharge: '2026-06-08T13:30:07Z',
      status: 0,
    });
  });

  it('is stored and announced with ds=2', async () => {
    const { host } = await sendOne('2,1,0,2,0');
    expect(host.take()).toBe(framed('+CDSI: "SR",1'));
    expect(host.type('AT+CPMS="SR";+CMGR=1\r')).toMatch(/\+CMGR: 0,,25\r\n[0-9A-F]+\r\n\r\nOK\r\n$/);
  });

  it('is not heard of with ds=0', async () => {
    const { host, network } = await sendOne('2,1,0,0,0');
    expect(host.take()).toBe('');
    expect(network.heldFor(ownNumber)).toBe(0);
  });
});

describe('a call', () => {
  it('rings, with the number of the caller where the host wants it, and ends', async () => {
    const { host, network, clock } = setUp();
    expect(network.call(ownNumber, stranger)).toBe(true);
    expect(host.take()).toBe(framed('RING'));
    host.type('AT+CLIP=1;+CRC=1\r');
    await clock.advance(5_000);
    expect(host.take()).toBe(framed('+CRING: VOICE', `+CLIP: "${stranger}",145,,,,0`));
    expect(host.type('AT+CLCC;+CPAS\r')).toBe(framed(`+CLCC: 1,1,4,0,0,"${stranger}",145`, '+CPAS: 3', 'OK'));
    network.hangUp(ownNumber);
    expect(host.take()).toBe(framed('NO CARRIER'));
    await clock.advance(10_000);
    expect(host.take()).toBe('');
  });

  it('can be refused, and can hide its number', async () => {
    const { host, network, clock } = setUp();
    host.type('AT+CLIP=1\r');
    network.call(ownNumber);
    expect(host.take()).toBe(framed('RING', '+CLIP: "",128,,,,1'));
    expect(host.type('AT+CHUP\r')).toBe(framed('OK'));
    await clock.advance(10_000);
    expect(host.take()).toBe('');
  });
});

describe('USSD', () => {
  it('answers a balance code later', async () => {
    const { host, clock } = setUp({ network: { latencyMs: 2_000 } });
    expect(host.type('AT+CUSD=1,"*100#",15\r')).toBe(framed('OK'));
    await clock.advance(2_000);
    expect(host.take()).toBe('\r\n+CUSD: 0,"Your balance is 12.34 EUR.\nValid until 2027-06-30.",15\r\n');
  });

  it('leads a dialogue, in the character set of the host', async () => {
    const { host, clock } = setUp();
    host.type('AT+CSCS="UCS2"\r');
    host.type('AT+CUSD=1,"002A0031003000310023",15\r');
    await clock.advance(0);
    expect(host.take()).toMatch(/^\r\n\+CUSD: 1,"0050006F[0-9A-F]+",15\r\n$/);
    host.type('AT+CUSD=1,"0030"\r');
    await clock.advance(0);
    expect(host.take()).toBe(framed('+CUSD: 0,"0047006F006F0064006200790065002E",15'));
  });

  it('does not know every code, and forgets a dialogue that was ended', async () => {
    const { host, clock } = setUp();
    host.type('AT+CUSD=1,"*101#"\r');
    await clock.advance(0);
    host.take();
    host.type('AT+CUSD=2\r');
    host.type('AT+CUSD=1,"1"\r');
    await clock.advance(0);
    expect(host.take()).toBe(framed('+CUSD: 4'));
  });
});
