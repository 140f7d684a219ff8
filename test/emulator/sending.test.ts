import { describe, expect, it } from 'vitest';
import type { Registration } from '../../src/emulator/equipment/radio.ts';
import { encodeMessage, encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { type Bench, framed, setUp } from './bench.ts';

const recipient = '+15557654321';
const { pdu, tpduLength } = encodeSubmit({ to: recipient, text: 'Hello', statusReport: true });
const atPrompt = `AT+CMGS=${tpduLength}\r`;

/** Types a send up to ctrl-Z and waits for its result. */
async function send({ host }: Bench, command = atPrompt, text = `${pdu}\x1a`): Promise<string> {
  expect(host.type(command)).toBe('\r\n> ');
  return host.until(text, /OK\r\n|ERROR[^\r]*\r\n/);
}

describe('a send', () => {
  it('is a prompt, a PDU, and the reference that the SIM gives it', async () => {
    const bench = setUp();
    expect(await send(bench)).toBe(framed('+CMGS: 1', 'OK'));
    expect(await send(bench)).toBe(framed('+CMGS: 2', 'OK'));
    expect(bench.network.submissions.all).toMatchObject([
      { sequence: 1, from: '+15550001111', to: recipient, reference: 1, text: 'Hello', reportWanted: true },
      { sequence: 2, reference: 2 },
    ]);
  });

  it('takes its time in the network', async () => {
    const bench = setUp({ network: { latencyMs: 800 } });
    bench.host.type(atPrompt);
    bench.host.type(`${pdu}\x1a`);
    await bench.clock.advance(799);
    expect(bench.host.take()).toBe('');
    await bench.clock.advance(1);
    expect(bench.host.take()).toBe(framed('+CMGS: 1', 'OK'));
  });

  it('counts references to 255 and begins again at 0', async () => {
    const bench = setUp({ network: { random: () => 0.995 } });
    const references: (string | undefined)[] = [];
    for (let time = 0; time < 3; time++) references.push(/\+CMGS: (\d+)/.exec(await send(bench))?.[1]);
    expect(references).toEqual(['255', '0', '1']);
  });

  it('shows the PDU again where echo is on, and not the ctrl-Z', async () => {
    const { host } = setUp();
    host.type('ATE1\r');
    expect(host.type(atPrompt)).toBe(`${atPrompt}\r\n> `);
    expect(await host.until(`${pdu}\x1a`, 'OK')).toBe(pdu + framed('+CMGS: 1', 'OK'));
  });

  it('is given up by ESC, and nothing was sent', async () => {
    const bench = setUp();
    expect(await send(bench, atPrompt, `${pdu}\x1b`)).toBe(framed('OK'));
    expect(bench.network.submissions.count).toBe(0);
  });

  it('loses what was typed before the prompt', async () => {
    const bench = setUp();
    expect(bench.host.type(`${atPrompt}${pdu}\x1a`)).toBe('\r\n> ');
    expect(bench.network.submissions.count).toBe(0);
    expect(await bench.host.until('\x1b', 'OK')).toBe(framed('OK'));
  });

  it('takes lower-case hexadecimal, and asks again at a line end within it', async () => {
    const { host, network } = setUp();
    host.type(atPrompt);
    expect(host.type(`${pdu.slice(0, 20).toLowerCase()}\r`)).toBe('\r\n> ');
    expect(await host.until(`${pdu.slice(20)}\x1a`, 'OK')).toBe(framed('+CMGS: 1', 'OK'));
    expect(network.submissions.last?.text).toBe('Hello');
  });

  const refused: readonly [title: string, command: string, text: string][] = [
    ['a length that does not fit the PDU', `AT+CMGS=${tpduLength + 1}\r`, `${pdu}\x1a`],
    ['a PDU that ends early', atPrompt, `${pdu.slice(0, -2)}\x1a`],
    ['half an octet', atPrompt, `${pdu}0\x1a`],
    ['something that is not hexadecimal', atPrompt, `${pdu.slice(0, -1)}G\x1a`],
    ['nothing at all', atPrompt, '\x1a'],
    ['a DELIVER', 'AT+CMGS=23\r', '00040B915155674523F100006260803103600004F4F29C0E\x1a'],
    ['user data shorter than announced', 'AT+CMGS=14\r', '0001000B915155674523F10000AA\x1a'],
    ['a number without digits', 'AT+CMGS=11\r', '0001000091000004F4F29C0E\x1a'],
  ];
  it.each(refused)('is refused with 304 for %s', async (_title, command, text) => {
    const bench = setUp();
    expect(await send(bench, command, text)).toBe(framed('+CMS ERROR: 304'));
    expect(bench.network.submissions.count).toBe(0);
    expect(bench.host.type('AT\r')).toBe(framed('OK'));
  });

  it.each(['AT+CMGS=6\r', 'AT+CMGS=165\r', 'AT+CMGS="+1555"\r', 'AT+CMGS=\r'])(
    'gets no prompt for %j',
    async (command) => {
      expect(await setUp().host.until(command, 'ERROR')).toBe(framed('+CMS ERROR: 304'));
    },
  );

  it('needs the network, a service centre, and a SIM', async () => {
    const away = setUp();
    away.modem.equipment.radio.setCoverage({ CREG: 0, CGREG: 0, CEREG: 0 });
    expect(await send(away)).toBe(framed('+CMS ERROR: 331'));
    away.modem.equipment.radio.setCoverage({ CREG: 3, CGREG: 5, CEREG: 0 });
    expect(await send(away)).toBe(framed('+CMS ERROR: 69'));
    expect(await send(setUp({ sim: { smsc: '' } }))).toBe(framed('+CMS ERROR: 330'));
    expect(setUp({ sim: null }).host.type(atPrompt)).toBe(framed('+CMS ERROR: 310'));
  });

  it.each<Partial<Registration>>([{ CREG: 5 }, { CREG: 6 }, { CREG: 0, CEREG: 1 }, { CREG: 0, CGREG: 7 }])(
    'works where the modem shows %j',
    async (coverage) => {
      const bench = setUp();
      bench.modem.equipment.radio.setCoverage({ CREG: 0, CGREG: 0, CEREG: 0, ...coverage });
      expect(await send(bench)).toBe(framed('+CMGS: 1', 'OK'));
    },
  );

  it('is refused by the network with its cause, and the reference is used up', async () => {
    const bench = setUp();
    bench.network.addPhone(recipient, { refuse: 38 });
    expect(await send(bench)).toBe(framed('+CMS ERROR: 38'));
    bench.network.addPhone(recipient, 'silent');
    expect(await send(bench)).toBe(framed('+CMGS: 2', 'OK'));
    bench.host.type('AT+CMEE=2\r');
    bench.network.addPhone(recipient, { refuse: 21 });
    expect(await send(bench)).toBe(framed('+CMS ERROR: Short message transfer rejected'));
  });

  it('of a long text is one submission a segment', async () => {
    const bench = setUp();
    const { segments } = encodeMessage({ to: recipient, text: '👍🏽 '.repeat(40), ref: 7 });
    for (const segment of segments)
      await send(bench, `AT+CMGS=${segment.tpduLength}\r`, `${segment.pdu}\x1a`);
    const parts = bench.network.submissions.all;
    expect(parts.map((part) => part.concatenation)).toEqual(
      segments.map((_segment, index) => ({ reference: 7, total: segments.length, sequence: index + 1 })),
    );
    expect(parts.map((part) => part.text).join('')).toBe('👍🏽 '.repeat(40));
  });
});

describe('a stored text', () => {
  it('is written, listed, sent by its index, and marked as sent', async () => {
    const { host, network } = setUp();
    expect(host.type(`AT+CMGW=${tpduLength}\r`)).toBe('\r\n> ');
    expect(await host.until(`${pdu}\x1a`, 'OK')).toBe(framed('+CMGW: 1', 'OK'));
    expect(host.type('AT+CMGL=2\r')).toBe(framed(`+CMGL: 1,2,,${tpduLength}\r\n${pdu}`, 'OK'));
    expect(await host.until('AT+CMSS=1\r', 'OK')).toBe(framed('+CMSS: 1', 'OK'));
    expect(host.type('AT+CMGL=3\r')).toContain('+CMGL: 1,3');
    expect(network.submissions.last).toMatchObject({ to: recipient, text: 'Hello' });
  });

  it('can be sent to somebody else', async () => {
    const { host, network } = setUp();
    host.type(`AT+CMGW=${tpduLength}\r`);
    await host.until(`${pdu}\x1a`, 'OK');
    await host.until('AT+CMSS=1,"+4915112345678"\r', 'OK');
    expect(network.submissions.last).toMatchObject({ to: '+4915112345678', text: 'Hello' });
  });

  it('cannot be sent from an empty place, nor written into a full storage', async () => {
    const { host } = setUp({ sim: { capacity: 1 } });
    expect(await host.until('AT+CMSS=1\r', 'ERROR')).toContain('+CMS ERROR: 321');
    host.type(`AT+CMGW=${tpduLength}\r`);
    await host.until(`${pdu}\x1a`, 'OK');
    host.type(`AT+CMGW=${tpduLength}\r`);
    expect(await host.until(`${pdu}\x1a`, 'ERROR')).toContain('+CMS ERROR: 322');
  });
});
