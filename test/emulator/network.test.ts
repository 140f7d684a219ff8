import { describe, expect, it } from 'vitest';
import { decodePdu, encodeMessage, encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { addStation, type Bench, framed, ownNumber, setUp } from './bench.ts';

const otherNumber = '+15550002222';
const phone = '+15557654321';

async function sendText({ host }: Bench, to: string, text: string): Promise<void> {
  const { segments } = encodeMessage({ to, text, ref: 7, statusReport: true });
  for (const { pdu, tpduLength } of segments) {
    host.type(`AT+CMGS=${tpduLength}\r`);
    await host.until(`${pdu}\x1a`, /OK\r\n|ERROR/);
  }
}

/** The texts in a storage, each as it lies there. */
function textsIn({ host }: Bench): (string | undefined)[] {
  const listed = host.type('AT+CMGL=4\r').matchAll(/\+CMGL: [^\r]*\r\n([0-9A-F]+)/g);
  return [...listed].map(([, pdu = '']) => {
    const fields = decodePdu(pdu, { direction: 'MT' });
    return fields.kind === 'deliver' ? fields.text : undefined;
  });
}

/** TP-ST of every report that was handed on. */
function statusesIn(seen: string): number[] {
  return [...seen.matchAll(/\+CDS: \d+\r\n([0-9A-F]+)/g)].map(([, pdu = '']) => {
    const fields = decodePdu(pdu, { direction: 'MT' });
    return fields.kind === 'status-report' ? fields.status : -1;
  });
}

describe('two SIMs', () => {
  it.each([
    ['a short text', 'Hello'],
    ['a long text', 'No text is lost, none is sent twice on a guess. '.repeat(12)],
    ['a long text outside the default alphabet', 'Grüße 👋🏽 あ '.repeat(20)],
    ['every character of the extension table', '^{}\\[~]|€'.repeat(30)],
  ])('bring each other %s', async (_title, text) => {
    const bench = setUp();
    const other = addStation(bench, otherNumber);
    await sendText(bench, otherNumber, text);
    await bench.clock.advance(0);
    expect(textsIn(other).join('')).toBe(text);
  });

  it('keep coding, protocol and header of what they bring', async () => {
    const bench = setUp();
    const other = addStation(bench, otherNumber);
    const ports = { dest: 2948, src: 9200, bits: 16 } as const;
    const { pdu, tpduLength } = encodeSubmit({
      to: otherNumber,
      dataHex: '00FF1A1B',
      ports,
      pid: 0x41,
      messageClass: 1,
    });
    bench.host.type(`AT+CMGS=${tpduLength}\r`);
    await bench.host.until(`${pdu}\x1a`, 'OK');
    await bench.clock.advance(0);
    const [, delivered = ''] = /\r\n([0-9A-F]+)\r\n/.exec(other.host.type('AT+CMGR=1\r')) ?? [];
    expect(decodePdu(delivered, { direction: 'MT', mode: 'strict' })).toMatchObject({
      kind: 'deliver',
      address: ownNumber,
      scts: '2026-06-08T13:30:06Z',
      pid: 0x41,
      dcs: 0x15,
      dataHex: '00FF1A1B',
      ports,
    });
  });

  it('find each other with or without the plus', async () => {
    const bench = setUp();
    const other = addStation(bench, otherNumber);
    await sendText(bench, otherNumber.slice(1), 'Hello');
    await bench.clock.advance(0);
    expect(textsIn(other)).toEqual(['Hello']);
  });

  it('get a report when the other side has the text, not before', async () => {
    const bench = setUp();
    const other = addStation(bench, otherNumber);
    bench.host.type('AT+CNMI=2,1,0,1\r');
    other.modem.powerOff();
    await sendText(bench, otherNumber, 'Hello');
    await bench.clock.advance(60_000);
    expect(bench.host.take()).toBe('');
    other.modem.powerOn();
    await bench.clock.advance(0);
    expect(statusesIn(bench.host.take())).toEqual([0x00]);
  });

  it('get a report of expiry when the other side stayed away too long', async () => {
    const bench = setUp();
    const other = addStation(bench, otherNumber);
    bench.host.type('AT+CNMI=2,1,0,1\r');
    other.modem.powerOff();
    const { pdu, tpduLength } = encodeSubmit({
      to: otherNumber,
      text: 'Hello',
      statusReport: true,
      validityMinutes: 5,
    });
    bench.host.type(`AT+CMGS=${tpduLength}\r`);
    await bench.host.until(`${pdu}\x1a`, 'OK');
    await bench.clock.advance(5 * 60_000);
    other.modem.powerOn();
    await bench.clock.advance(0);
    expect(statusesIn(bench.host.take())).toEqual([0x46]);
    expect(textsIn(other)).toEqual([]);
  });

  it('cannot have one number', () => {
    const { network } = setUp();
    expect(() => network.addSim({ number: ownNumber })).toThrow(/already/);
  });
});

describe('a phone', () => {
  async function answerOf(bench: Bench, text = 'Hello'): Promise<string | undefined> {
    await sendText(bench, phone, text);
    await bench.clock.advance(10_000);
    return textsIn(bench).join('') || undefined;
  }

  it('that nobody added receives, confirms and keeps silent', async () => {
    const bench = setUp();
    bench.host.type('AT+CNMI=2,1,0,1\r');
    expect(await answerOf(bench)).toBeUndefined();
    expect(bench.network.submissions.last?.to).toBe(phone);
  });

  it('can send back what it got, once it has all of it', async () => {
    const bench = setUp();
    const text = 'A text that takes two parts, and comes back in two. '.repeat(4);
    bench.network.addPhone(phone, 'echo');
    expect(await answerOf(bench, text)).toBe(text);
  });

  it('can answer as it likes', async () => {
    const bench = setUp({ network: { replyDelayMs: 3_000 } });
    bench.network.addPhone(phone, ({ from, to, text }) => `${from} ${to} ${text}`);
    expect(await answerOf(bench)).toBe(`${ownNumber} ${phone} Hello`);
  });

  it('can say that it got a text', async () => {
    const bench = setUp();
    bench.network.addPhone(phone, 'auto-reply');
    expect(await answerOf(bench)).toBe('Thank you, your text of 5 characters was received.');
  });

  it.each([
    ['silent', [0x00]],
    ['switched-off', [0x22, 0x46]],
    [{ reports: [0x30, 0x00] }, [0x30, 0x00]],
    [{ reports: [] }, []],
  ] as const)('that is %j makes the reports %j', async (behaviour, statuses) => {
    const bench = setUp({ network: { reportDelayMs: 1_000 } });
    bench.host.type('AT+CNMI=2,1,0,1\r');
    bench.network.addPhone(phone, behaviour);
    await sendText(bench, phone, 'Hello');
    await bench.clock.advance(10_000);
    expect(statusesIn(bench.host.take())).toEqual(statuses);
  });
});

describe('a text from outside', () => {
  const long = 'One part after the other, in an order of its own. '.repeat(8);

  it('comes in its parts, in the order asked for, doubled or not at all', () => {
    const bench = setUp();
    const sent = bench.network.deliver({
      from: phone,
      to: ownNumber,
      text: long,
      order: [3, 1, 1],
      reference: 200,
    });
    const parts = sent.map((pdu) => decodePdu(pdu, { direction: 'MT', mode: 'strict' }));
    expect(parts.map((part) => part.kind === 'deliver' && part.concat)).toEqual(
      [3, 1, 1].map((seq) => ({ ref: 200, total: 3, seq, bits: 8 })),
    );
    expect(textsIn(bench)).toHaveLength(3);
    expect(() => bench.network.deliver({ from: phone, to: ownNumber, text: long, order: [4] })).toThrow(
      /3 parts/,
    );
  });

  it('can have a name as sender, and can be made of given PDUs', () => {
    const { network, host } = setUp();
    const [pdu = ''] = network.deliver({ from: 'Postern', to: ownNumber, text: 'Hello' });
    expect(decodePdu(pdu, { direction: 'MT' })).toMatchObject({ address: 'Postern', ton: 5 });
    network.deliver({ from: '', to: ownNumber, pdus: [pdu.toLowerCase()] });
    expect(host.type('AT+CMGR=2\r')).toContain(pdu);
  });

  it('must have somebody to go to', () => {
    expect(() => setUp().network.deliver({ from: phone, to: '+1000', text: 'x' })).toThrow(/no SIM/);
  });
});

describe('the network', () => {
  it('tells of what it takes and brings', async () => {
    const bench = setUp();
    const told: string[] = [];
    bench.network.events.on('submitted', ({ text }) => told.push(`submitted ${text}`));
    bench.network.events.on('delivered', ({ to }) => told.push(`delivered ${to}`));
    bench.network.events.on('reported', ({ reference, status }) =>
      told.push(`reported ${reference} ${status}`),
    );
    bench.network.addPhone(phone, 'echo');
    await sendText(bench, phone, 'Hello');
    await bench.clock.advance(0);
    expect(told).toEqual(['submitted Hello', 'reported 1 0', `delivered ${ownNumber}`]);
  });

  it('counts all submissions and keeps the newest', async () => {
    const bench = setUp();
    const { pdu, tpduLength } = encodeSubmit({ to: phone, text: 'x' });
    for (let time = 0; time < 10_005; time++) {
      bench.host.type(`AT+CMGS=${tpduLength}\r`);
      await bench.host.until(`${pdu}\x1a`, 'OK');
    }
    expect(bench.network.submissions.count).toBe(10_005);
    expect(bench.network.submissions.all).toHaveLength(10_000);
    expect(bench.network.submissions.all[0]?.sequence).toBe(6);
  });

  it('does nothing more once it was stopped', async () => {
    const bench = setUp({ network: { replyDelayMs: 1_000 } });
    bench.network.addPhone(phone, 'echo');
    await sendText(bench, phone, 'Hello');
    bench.network.stop();
    await bench.clock.advance(10_000);
    expect(textsIn(bench)).toEqual([]);
    expect(bench.host.type('AT\r')).toBe(framed('OK'));
  });
});
