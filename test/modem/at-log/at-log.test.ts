import { beforeEach, describe, expect, it } from 'vitest';
import { AtLog, type AtLogQuery } from '../../../src/modem/at-log/at-log.ts';
import type { Transport } from '../../../src/modem/transport.ts';
import { ManualClock } from '../../manual-clock.ts';
import { ScriptedPort } from '../scripted-port.ts';

const port = '/dev/ttyUSB0';
const imei = '490154203237518';
const pdu = '0011000B915155765432F10000A705C8329BFD06';
const delivered = '07915155000000F0040B915155765432F100006260805103600005C8329BFD06';

let clock: ManualClock;
let log: AtLog;
let device: ScriptedPort;
let transport: Transport;

async function plug(path = port, into = log): Promise<void> {
  device = new ScriptedPort();
  transport = await into.recorded(async () => device)(path, { baudRate: 115_200 });
}

function read(query: Partial<AtLogQuery> = {}, from = log) {
  return from.read({ modem: port, port, portOnly: false, limit: 1_000, bodies: false, ...query });
}

/** Lines as `> out`, `< in` and `- port`. */
function shown(query: Partial<AtLogQuery> = {}, from = log): string[] {
  const marks = { out: '>', in: '<', port: '-' };
  return read(query, from).map(({ direction, text }) => `${marks[direction]} ${text}`);
}

beforeEach(async () => {
  clock = new ManualClock();
  log = new AtLog(clock);
  await plug();
});

describe('what passes over a port', () => {
  it('is kept in both directions, line by line, with times and growing numbers', async () => {
    await transport.write('AT+CSQ\r');
    clock.shift(20);
    for (const piece of ['\r\n+CS', 'Q: 9,99\r', '\n\r\nOK\r\n']) device.says(piece);
    expect(shown()).toEqual(['- opened', '> AT+CSQ', '< +CSQ: 9,99', '< OK']);
    const lines = read();
    expect(lines.map(({ at }) => at - (lines[0]?.at ?? 0))).toEqual([0, 0, 20, 20]);
    expect(lines.map(({ seq }) => seq - (lines[0]?.seq ?? 0))).toEqual([0, 1, 2, 3]);
    expect(lines[0]?.port).toBe(port);
  });

  it('shows ESC, ctrl-Z, prompts and noise as what they are', async () => {
    await transport.write('\x1b\r');
    device.says('\r\n> ');
    await transport.write(`${pdu}\x1a`);
    device.says('\x00\x07noise\x85\r\n');
    expect(shown({ bodies: true })).toEqual([
      '- opened',
      '> <ESC>',
      '< >',
      `> ${pdu}<ctrl-Z>`,
      '< <07>noise<85>',
    ]);
  });

  it('tells of the end of the port, asked for or not', async () => {
    device.emit('close', undefined);
    await plug();
    device.says('half a li');
    device.pull();
    expect(shown().slice(1)).toEqual(['- closed', '- opened', '< half a li', '- lost: the port is gone']);
  });

  it('goes through unchanged', async () => {
    const heard: string[] = [];
    transport.on('data', (octets) => heard.push(octets));
    await transport.write('AT+CPIN="4711"\r');
    device.says('AT+CPIN="4711"\r\r\nOK\r\n');
    expect(device.written).toEqual(['AT+CPIN="4711"\r']);
    expect(heard).toEqual(['AT+CPIN="4711"\r\r\nOK\r\n']);
  });

  it('in lines that never end takes no memory without bounds', () => {
    for (let piece = 0; piece < 100; piece++) device.says('x'.repeat(1_000));
    expect(Math.max(...read().map(({ text }) => text.length))).toBeLessThan(6_000);
  });
});

describe('a PIN', () => {
  const everything = () => JSON.stringify(read({ bodies: true }));

  it.each([
    ['AT+CPIN="4711"', 'AT+CPIN="****"'],
    ['AT+CPIN="12344711","4711"', 'AT+CPIN="****","****"'],
    ['AT+CLCK="SC",0,"4711"', 'AT+CLCK="SC",0,"****"'],
    ['AT+CPWD="SC","4711","0815"', 'AT+CPWD="SC","****","****"'],
    ['AT+CSQ;+CPIN="4711"', 'AT+CSQ;+CPIN="****"'],
    ['at+cpin=4711', 'at+cpin=****'],
  ])('in %s is nowhere in the log', async (command, masked) => {
    await transport.write(`${command}\r`);
    device.says(`${command}\r\r\n+CME ERROR: 16\r\n`);
    expect(shown({ bodies: true }).slice(1)).toEqual([`> ${masked}`, `< ${masked}`, '< +CME ERROR: 16']);
    expect(everything()).not.toMatch(/4711|0815|1234/);
  });

  it('that is given back in pieces, with noise and news between, is nowhere either', async () => {
    await transport.write('AT+CPIN="4711"\r');
    for (const piece of ['AT+CPIN="4', '7\r\nRING\r\n', '11"\r\n', '+CPIN: READY\r\n', '\r\nOK\r\n'])
      device.says(piece);
    expect(shown({ bodies: true }).join('\n')).not.toMatch(/47|11/);
    expect(shown().slice(-2)).toEqual(['< +CPIN: READY', '< OK']);
  });

  it('that is given back long after is known again, and other numbers are left as they are', async () => {
    await transport.write('AT+CPIN="4711"\r');
    device.tells('OK');
    await transport.write('AT+CSQ\r');
    device.tells('what was 4711', '+CNUM: ,"+4915114711",145', 'OK');
    expect(shown().slice(-3)).toEqual(['< what was ****', '< +CNUM: ,"+4915114711",145', '< OK']);
  });
});

describe('a text', () => {
  /** Everything that is shown to who did not ask for texts. */
  const everything = () => JSON.stringify(read());

  it.each<[string, string | undefined, string[]]>([
    ['that is sent', `${pdu}\x1a`, [pdu, '+CMGS: 7', 'OK']],
    ['whose echo comes behind the prompt', `${pdu}\x1a`, [`> ${pdu}\x1a`, '+CMGS: 7', 'OK']],
    ['whose echo comes in pieces', `${pdu}\x1a`, [pdu.slice(0, 22), '+CMTI: "SM",1', pdu.slice(22), 'OK']],
    ['that comes', undefined, ['+CMT: ,24', delivered]],
    ['that comes with news before it', undefined, ['+CMT: ,24', '+CREG: 1', delivered]],
    ['that is read', 'AT+CMGR=1\r', ['+CMGR: 0,,24', delivered, 'OK']],
    ['that is listed', 'AT+CMGL=4\r', ['+CMGL: 1,0,,24', delivered, '+CMGL: 2,0,,24', delivered, 'OK']],
    ['behind its header', 'AT+CMGR=1\r', [`+CMGR: 0,,24 ${delivered}`, 'OK']],
    ['of a report', undefined, ['+CDS: 25', `${delivered}00`]],
    ['of a broadcast', undefined, ['+CBM: 88', delivered]],
    [
      'in text mode',
      'AT+CMGR=1\r',
      ['+CMGR: "REC READ","+4915",,"26/06/08"', 'meet me at nine', 'ok?', 'OK'],
    ],
    ['of the network', 'AT+CUSD=1,"*111*99#",15\r', ['+CUSD: 0,"Your balance is 12.34",15', 'OK']],
    ['of the network in packed septets', undefined, ['+CUSD: 0,"AA180C3602",15']],
    [
      'of the network over lines',
      undefined,
      ['+CUSD: 1,"Menu', '1 Balance', '2 "Top" up', 'OK', '3 End",15'],
    ],
    ['of the network given back', undefined, ['AT+CUSD=1,"*111*99#",15']],
  ])('%s is hidden unless it is asked for', async (_, written, lines) => {
    if (written !== undefined) await transport.write(written);
    device.tells(...lines);
    expect(everything()).not.toMatch(
      /C8329BFD|0B9151557654|C8329|meet|nine|ok\?|balance|Balance|Menu|Top|End|AA18|\*111|99#/,
    );
    expect(shown({ bodies: true })).toEqual([
      '- opened',
      ...(written === undefined ? [] : [`> ${written.replace('\x1a', '<ctrl-Z>').replace('\r', '')}`]),
      ...lines.map((line) => `< ${line.replace('\x1a', '<ctrl-Z>')}`),
    ]);
  });

  it('is told by its length, and all around it is shown', async () => {
    await transport.write('AT+CMGS=14\r');
    device.says('\r\n> ');
    await transport.write(`${pdu}\x1a`);
    device.tells(
      '+CMGS: 7',
      'OK',
      '+CUSD: 0,"12.34 EUR",15',
      'unknown words',
      '+CMT: ,24',
      delivered,
      'OK',
      'E173',
    );
    expect(shown()).toEqual([
      '- opened',
      '> AT+CMGS=14',
      '< >',
      '> [40 characters]<ctrl-Z>',
      '< +CMGS: 7',
      '< OK',
      '< +CUSD: 0,"[9 characters]",15',
      '< unknown words',
      '< +CMT: ,24',
      '< [64 characters]',
      '< OK',
      '< E173',
    ]);
  });

  it.each([
    '+CCID: 8949000000000000001',
    '490154203237518',
    '+CREG: 2,1,"8BE3","2BAF"',
    '+CRSM: 144,0,"98940000000000000010"',
  ])('is none in %s', (line) => {
    device.tells(line);
    expect(shown().at(-1)).toBe(`< ${line}`);
  });
});

describe('the log of a modem', () => {
  it('begins with what passed before the modem was known', async () => {
    await transport.write('AT+CGSN\r');
    log.identify(port, imei);
    device.tells(imei, 'OK');
    expect(shown({ modem: imei })).toEqual(['- opened', '> AT+CGSN', `< ${imei}`, '< OK']);
  });

  it('goes on at another port', async () => {
    log.identify(port, imei);
    device.pull();
    await plug('/dev/ttyUSB7');
    await transport.write('AT\r');
    log.identify('/dev/ttyUSB7', imei);
    device.tells('OK');
    const lines = read({ modem: imei, port: '/dev/ttyUSB7' });
    expect(lines.map(({ text }) => text)).toEqual(['opened', 'lost: the port is gone', 'opened', 'AT', 'OK']);
    expect(lines.map(({ port: at }) => at)).toEqual([port, port, ...Array(3).fill('/dev/ttyUSB7')]);
    expect(shown({ modem: imei, port: '/dev/ttyUSB7', portOnly: true })).toEqual([
      '- opened',
      '> AT',
      '< OK',
    ]);
  });

  it('does not go to the next modem at its port', async () => {
    log.identify(port, imei);
    device.pull();
    await plug();
    log.identify(port, '356938035643809');
    device.tells('OK');
    expect(shown({ modem: '356938035643809', port: 'elsewhere' })).toEqual(['- opened', '< OK']);
    expect(shown({ modem: imei, port: 'elsewhere' })).toEqual(['- opened', '- lost: the port is gone']);
  });

  it('shows what passes at its port while it does not say who it is', async () => {
    log.identify(port, imei);
    device.pull();
    await plug();
    await transport.write('AT\r');
    expect(shown({ modem: imei }).slice(-2)).toEqual(['- opened', '> AT']);
  });

  it('keeps the newest lines, and no more than so many', async () => {
    const small = new AtLog(clock, { lines: 10, characters: 1_000, modems: 4 });
    await plug(port, small);
    for (let n = 0; n < 30; n++) device.tells(`line ${n}`);
    expect(shown({}, small)).toEqual(Array.from({ length: 10 }, (_, n) => `< line ${n + 20}`));
    for (let n = 0; n < 10; n++) device.tells('x'.repeat(400));
    expect(read({}, small)).toHaveLength(2);
  });

  it('is kept for the modems that spoke last, and no more than so many', async () => {
    const small = new AtLog(clock, { lines: 10, characters: 1_000, modems: 4 });
    for (let n = 0; n < 6; n++) {
      await plug(`port ${n}`, small);
      small.identify(`port ${n}`, `modem ${n}`);
      device.tells('OK');
    }
    const kept = Array.from({ length: 6 }, (_, n) => read({ modem: `modem ${n}`, port: '' }, small).length);
    expect(kept).toEqual([0, 0, 2, 2, 2, 2]);
  });

  it('is read on from any line', () => {
    for (let n = 0; n < 10; n++) device.tells(`line ${n}`);
    const third = read()[3]?.seq ?? 0;
    expect(shown({ after: third, limit: 2 })).toEqual(['< line 3', '< line 4']);
    expect(shown({ limit: 2 })).toEqual(['< line 8', '< line 9']);
    expect(shown({ after: read().at(-1)?.seq ?? 0 })).toEqual([]);
  });

  it('goes on after a restart with greater numbers than before', async () => {
    const last = read().at(-1)?.seq ?? 0;
    clock.shift(1_000);
    const later = new AtLog(clock);
    await plug(port, later);
    expect(shown({ after: last }, later)).toEqual(['- opened']);
  });
});
