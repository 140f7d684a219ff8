import { describe, expect, test } from 'vitest';
import { gsm7Tables, textOfSeptets } from '../../../src/gsm/pdu/gsm7.ts';
import {
  type ContentFields,
  type Deliver,
  decodePdu,
  type EncodeError,
  encodeDeliver,
  encodeSubmit,
  type Submit,
} from '../../../src/gsm/pdu/index.ts';
import { textOfUcs2 } from '../../../src/gsm/pdu/ucs2.ts';

function sent(content: ContentFields): Submit {
  const { pdu, tpduLength } = encodeSubmit({ to: '+491', ...content });
  return decodePdu(pdu, { direction: 'MO', tpduLength, mode: 'strict' }) as Submit;
}

describe('the alphabet is implied', () => {
  test.each([
    [{}, { alphabet: 'gsm7', text: '', udl: 0 }],
    [{ text: 'ok €' }, { alphabet: 'gsm7', udl: 5 }],
    [{ text: 'ğ' }, { alphabet: 'ucs2', udl: 2 }],
    [{ text: 'ğ', national: { locking: 1, single: 0 } }, { alphabet: 'gsm7' }],
    [{ dataHex: 'ff00' }, { alphabet: '8bit', dataHex: 'FF00' }],
  ] as [ContentFields, object][])('by %j', (content, expected) =>
    expect(sent(content)).toMatchObject(expected),
  );
});

describe('TP-DCS', () => {
  test.each([
    [{ text: 'x', flash: true }, 0x10],
    [{ text: 'x', messageClass: 1 }, 0x11],
    [{ text: 'я', flash: true }, 0x18],
    [{ dataHex: 'FF', messageClass: 2 }, 0x16],
    [{ text: 'x', dcs: 0xf1, alphabet: 'ucs2', flash: true }, 0xf1],
    [{ dcs: 0x08 }, 0x08],
    [{ dataHex: 'FF', dcs: 0x20 }, 0x20],
    [{ dataHex: '0414', dcs: 0x08 }, 0x08],
  ] as [ContentFields, number][])('of %j is %i', (content, dcs) => expect(sent(content).dcs).toBe(dcs));
});

describe('content that cannot be', () => {
  test.each([
    [{ text: 'ç', alphabet: 'gsm7' }, 'text'],
    [{ text: 'x', alphabet: '8bit' }, 'text'],
    [{ text: 'x', dcs: 0x28 }, 'text'],
    [{ dataHex: 'FF', alphabet: 'gsm7' }, 'dataHex'],
    [{ dataHex: 'F' }, 'dataHex'],
    [{ dataHex: 'FG' }, 'dataHex'],
    [{ text: 'я'.repeat(71) }, 'text'],
    [{ text: 'x'.repeat(153), concat: { ref: 1, total: 1, seq: 1, bits: 16 } }, 'text'],
    [{ text: 'x', dcs: 256 }, 'dcs'],
  ] as [ContentFields, string][])('%j is refused for %s', (content, field) => {
    expect(() => sent(content)).toThrow(
      expect.objectContaining({ code: 'encode_error', field }) as EncodeError,
    );
  });
});

test('a full segment of each alphabet fits', () => {
  expect(sent({ text: 'x'.repeat(160) }).udl).toBe(160);
  expect(sent({ text: 'я'.repeat(70) }).udl).toBe(140);
  expect(sent({ dataHex: 'FF'.repeat(140) }).udl).toBe(140);
});

test('a DELIVER carries whatever a SUBMIT does', () => {
  const fields = { from: 'Bank', scts: null, smsc: null, replyPath: true, sri: true, loopPrevention: true };
  const { pdu, tpduLength } = encodeDeliver({ ...fields, moreMessages: true, text: 'Код', pid: 0x41 });
  const decoded = decodePdu(pdu, { direction: 'MT', tpduLength, mode: 'strict' }) as Deliver;
  expect(decoded).toMatchObject({
    address: 'Bank',
    ton: 5,
    text: 'Код',
    replaceType: 1,
    scts: null,
    sri: true,
  });
  expect(() => encodeDeliver({ ...fields, pid: -1 })).toThrow(
    expect.objectContaining({ field: 'pid' }) as EncodeError,
  );
});

describe('texts of many segments, joined', () => {
  test('are read however long they are', () => {
    expect(textOfUcs2(new Uint8Array(20_000).fill(0x41)).length).toBe(10_000);
    expect(textOfSeptets(new Uint8Array(39_015).fill(0x41), gsm7Tables(0, 0))).toBe('A'.repeat(39_015));
  });
});
