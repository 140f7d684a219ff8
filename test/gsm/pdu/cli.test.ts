import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pduCommand } from '../../../src/cli/pdu.ts';
import { pduVectors } from '../../vectors/vectors.ts';

const deliver = '0004039194F100004250712100008005E8329BFD06';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs `postern pdu` with that on standard input; gives the lines it printed, and those it complained with. */
async function run(args: readonly string[], input = ''): Promise<{ lines: string[]; errors: string }> {
  let output = '';
  let errors = '';
  const stdin = new PassThrough();
  stdin.end(input);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as unknown as typeof process.stdin);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += text;
    return true;
  });
  const command = pduCommand();
  for (const each of [command, ...command.commands]) {
    each.exitOverride().configureOutput({ writeErr: (text) => (errors += text) });
  }
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof Error && 'exitCode' in error)) throw error;
  }
  return { lines: output.split('\n').filter((line) => line !== ''), errors };
}

async function answers(subcommand: string, requests: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const input = requests
    .map((request) => (typeof request === 'string' ? request : JSON.stringify(request)))
    .join('\n');
  const { lines } = await run([subcommand, '--json'], input);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('decode --json', () => {
  test('answers each request with a line, in order', async () => {
    const requests = [
      { pdu: deliver, hasSmsc: true, direction: 'MT', mode: 'strict' },
      '',
      { pdu: deliver.slice(0, -2), hasSmsc: true, direction: 'MT', mode: 'strict' },
      { pdu: deliver, hasSmsc: null, direction: null, mode: null },
    ];
    expect(await answers('decode', requests)).toMatchObject([
      {
        ok: true,
        decoded: { kind: 'deliver', smsc: null, address: '+491', text: 'hello', septetsHex: '68656C6C6F' },
      },
      { ok: false, error: { field: 'ud', offset: 16, message: expect.any(String) } },
      { ok: true, decoded: { text: 'hello' } },
    ]);
  });

  test('takes every option of the codec', async () => {
    const [shifted, spans, wrongLength] = await answers('decode', [
      { pdu: '0004039194F10000425071210000800104', hasSmsc: true, overrideLocking: 1, overrideSingle: 1 },
      { pdu: deliver, spans: true },
      { pdu: deliver, tpduLength: 4, mode: 'strict' },
    ]);
    expect(shifted).toMatchObject({ decoded: { text: '€' } });
    expect(spans).toMatchObject({
      decoded: { spans: expect.arrayContaining([expect.objectContaining({ field: 'pid' })]) },
    });
    expect(wrongLength).toMatchObject({ ok: false, error: { field: 'tpduLength' } });
  });

  test('gives every valid vector', async () => {
    const vectors = pduVectors.filter(({ valid }) => valid);
    const results = await answers(
      'decode',
      vectors.map(({ pdu, hasSmsc, direction, overrideLocking, overrideSingle }) => ({
        pdu,
        hasSmsc,
        direction,
        overrideLocking,
        overrideSingle,
        mode: 'strict',
      })),
    );
    expect(results.map(({ ok }) => ok)).toEqual(vectors.map(() => true));
  });

  test.each([
    ['not JSON', 'request'],
    [[], 'request'],
    [{}, 'pdu'],
    [{ pdu: 5 }, 'pdu'],
    [{ pdu: '', direction: 'up' }, 'direction'],
    [{ pdu: '' }, 'pdu'],
  ])('refuses %j for %s and goes on', async (request, field) => {
    const [refused, next] = await answers('decode', [request, { pdu: deliver }]);
    expect(refused).toMatchObject({ ok: false, error: { field, offset: 0, message: expect.any(String) } });
    expect(next).toMatchObject({ ok: true });
  });
});

describe('encode --json', () => {
  test('answers with segments', async () => {
    const requests = [
      {
        to: '+491',
        text: 'hello',
        alphabet: 'auto',
        statusReport: true,
        validityMinutes: 60,
        flash: true,
        ref: 7,
        refBits: 8,
      },
      { to: '+491', text: 'x'.repeat(161), ref: 300, refBits: 16, alphabet: null },
      { to: '491', text: 'я' },
    ];
    const [first, second, third] = await answers('encode', requests);
    expect(first).toEqual({
      ok: true,
      segments: [{ pdu: '003100039194F100100B05E8329BFD06', tpduLength: 15 }],
      alphabet: 'gsm7',
    });
    expect(second).toMatchObject({
      ok: true,
      segments: [{ pdu: expect.stringContaining('060804012C0201') }, {}],
    });
    expect(third).toMatchObject({ ok: true, alphabet: 'ucs2' });
  });

  test.each([
    [{ to: 'x', text: 'a' }, 'to', 0],
    [{ to: '1', text: 'a ç', alphabet: 'gsm7' }, 'text', 2],
    [{ to: '1' }, 'text', 0],
    [{ to: '1', text: 'a', refBits: 12 }, 'refBits', 0],
    [{ to: '1', text: 'a', validityMinutes: 0 }, 'validityMinutes', 0],
  ])('refuses %j for %s', async (request, field, offset) => {
    expect(await answers('encode', [request])).toMatchObject([{ ok: false, error: { field, offset } }]);
  });
});

describe('decode', () => {
  test('prints a PDU given on the command line', async () => {
    const { lines } = await run(['decode', deliver, '--direction', 'MT', '--smsc']);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({ kind: 'deliver', text: 'hello', smsc: null });
    const bare = await run(['decode', deliver.slice(2), '--no-smsc', '--mode', 'strict']);
    expect(JSON.parse(bare.lines.join('\n'))).toMatchObject({ kind: 'deliver' });
  });

  test('says what is wrong with it', async () => {
    expect((await run(['decode', 'xyz'])).errors).toContain('not hex: x (pdu, octet 0)');
    expect((await run(['decode', deliver.slice(0, -2), '--mode', 'strict', '--smsc'])).errors).toContain(
      'ud, octet 16',
    );
    expect((await run(['decode'])).errors).toContain('give a PDU');
  });
});

describe('encode', () => {
  test('prints what to give a modem', async () => {
    expect((await run(['encode', '--to', '+491', '--text', 'hello'])).lines).toEqual([
      'AT+CMGS=14',
      '000100039194F1000005E8329BFD06',
    ]);
  });

  test('says what is missing or wrong', async () => {
    expect((await run(['encode', '--to', '+491'])).errors).toContain('--text');
    expect((await run(['encode', '--to', 'me', '--text', 'x'])).errors).toContain(
      'to must be a telephone number',
    );
  });
});

describe('explain', () => {
  test('prints a line a field', async () => {
    const { lines } = await run(['explain', deliver, '--direction', 'MT']);
    const plain = lines.map((line) => stripVTControlCharacters(line).replaceAll(/ {2,}/g, ' | '));
    expect(plain[0]).toBe('OCTETS | HEX | FIELD | VALUE | MEANING');
    expect(plain).toContain('1.1-0 | 04 | mti | 0 | SMS-DELIVER');
    expect(plain).toContain('1.7 | 04 | replyPath | 0 | no reply path');
    expect(plain).toContain('7 | 00 | dcs | 0x00 | GSM 7-bit');
    expect(plain).toContain('16-20 | E8329BFD06 | ud | hello | 5 characters');
  });

  test('prints what is wrong, and no control characters', async () => {
    const { lines } = await run(['explain', `${deliver.slice(0, -12)}0A8D1B`, '--smsc']);
    expect(lines.at(-1)).toMatch(/^! octet 16, ud: /);
    expect(lines.join('')).not.toMatch(/\r/);
  });

  test('shortens long values', async () => {
    const { lines } = await run(['explain', `${deliver.slice(0, -12)}A0${'E8'.repeat(140)}`]);
    expect(lines.at(-1)).toContain('…');
  });

  test('says what is no PDU', async () => {
    expect((await run(['explain', 'xyz'])).errors).toContain('not hex');
  });
});
