import { describe, expect, test } from 'vitest';
import { hexFromOctets, octetsFromHex, packSeptets } from '../../../src/gsm/octets.ts';
import { appendAddress, parseAddress, readAddress } from '../../../src/gsm/pdu/address.ts';
import { dataCoding } from '../../../src/gsm/pdu/data-coding.ts';
import { DecodeError } from '../../../src/gsm/pdu/decode-error.ts';
import { defaultTables, packText, septetsOfText, textOfSeptets } from '../../../src/gsm/pdu/gsm7.ts';
import { EncodeError, segmentText } from '../../../src/gsm/pdu/index.ts';
import { PduReader } from '../../../src/gsm/pdu/pdu-reader.ts';
import { hexOfSmsc, readSmsc } from '../../../src/gsm/pdu/smsc.ts';
import { hexOfTime, readTime } from '../../../src/gsm/pdu/time.ts';
import type { UserDataHeader } from '../../../src/gsm/pdu/user-data-header.ts';
import { readUserDataHeader } from '../../../src/gsm/pdu/user-data-header.ts';
import { relativeMinutes, relativeValidity } from '../../../src/gsm/pdu/validity-period.ts';
import { units } from '../../vectors/vectors.ts';

function strictReader(hex: string): PduReader {
  return new PduReader(octetsFromHex(hex) as Uint8Array, 'strict', []);
}

/**
 * Where this codec follows the standard and other sources, not this one: real networks leave a digit in the unused half
 * octet (three of the PDUs in pdu.json), and the extension table belongs to the default alphabet of a name.
 */
const laxer = new Set(['overlong number', 'invalid alpha bar']);

const addresses = units.addresses.map((address) => ({
  ...address,
  name: `${address.source.test} ${address.hex}`,
}));

describe('addresses', () => {
  test.each(addresses.filter(({ valid, mode }) => valid && mode !== 'encode'))('$name', (vector) => {
    const reader = strictReader(vector.hex);
    const { address, toa } = vector.smsc
      ? { address: readSmsc(reader).smsc, toa: undefined }
      : (readAddress(reader) as { address: string; toa: number });
    expect(address?.replace('+', '')).toBe((vector.text ?? vector.digits ?? '').replace('+', ''));
    if (vector.text?.startsWith('+')) expect(address).toBe(vector.text);
    if (vector.toa) expect(toa).toBe(vector.toa);
    expect(reader.offset).toBe(vector.octetsRead);
  });

  test.each(addresses.filter(({ valid, source }) => !valid && !laxer.has(source.test)))(
    '$name is refused',
    ({ hex }) => {
      expect(() => readAddress(strictReader(hex))).toThrow(DecodeError);
    },
  );

  test.each(addresses.filter(({ mode }) => mode === 'encode'))(
    '$name is written',
    ({ hex, text = '', smsc }) => {
      const address = parseAddress(text);
      expect(smsc ? hexOfSmsc(address) : appendAddress('', address, 'to')).toBe(hex);
    },
  );
});

describe('times', () => {
  test.each(units.timestamps)('$hex is $iso', ({ hex, iso }) => {
    const time = readTime(strictReader(hex), 'scts');
    expect(time).toBe(iso.replace('+00:00', 'Z'));
    expect(hexOfTime(iso, 'scts')).toBe(hex);
  });
});

describe('relative validity', () => {
  test.each(units.relativeValidity)('$minutes minutes are $vp', ({ minutes, vp }) => {
    expect(relativeValidity(minutes)).toBe(vp);
    expect(relativeMinutes(vp)).toBe(minutes);
  });
});

describe('septets', () => {
  test.each(units.septets.filter(({ packedHex }) => packedHex))(
    '$text',
    ({ text, septets: count, packedHex }) => {
      const septets = septetsOfText(text, defaultTables) as Uint8Array;
      expect(septets.length).toBe(count);
      expect(hexFromOctets(packSeptets(septets))).toBe(packedHex);
      expect(packText(text, defaultTables, 0)).toEqual({ count, hex: packedHex });
      expect(textOfSeptets(septets, defaultTables)).toBe(text);
    },
  );

  test.each(units.septets.filter(({ udhHex }) => udhHex))(
    'after a header: $text',
    ({ text, udhHex, udl, userDataHex }) => {
      const packed = packText(text, defaultTables, 1);
      expect([7 + (packed?.count ?? 0), `${udhHex}${packed?.hex}`]).toEqual([udl, userDataHex]);
    },
  );
});

describe('segment counts', () => {
  const cases = units.segmentation.map((vector) => ({
    ...vector,
    name: `${vector.text.repeat.slice(0, 12)} x ${vector.text.times} + '${vector.text.then}'`,
    whole: vector.text.repeat.repeat(vector.text.times) + vector.text.then,
    options: {
      ...(vector.alphabet && { alphabet: vector.alphabet }),
      ...(vector.singleShift && { nationalTables: { single: [vector.singleShift] } }),
    },
  }));

  test.each(cases.filter(({ parts }) => parts !== null))(
    '$name: $parts',
    ({ whole, options, parts, partLengths }) => {
      const { segments } = segmentText(whole, options);
      expect(segments.length).toBe(parts);
      if (partLengths) expect(segments.map((segment) => segment.length)).toEqual(partLengths);
      expect(segments.join('')).toBe(whole);
    },
  );

  test.each(cases.filter(({ parts }) => parts === null))('$name is refused', ({ whole, options }) => {
    expect(() => segmentText(whole, options)).toThrow(EncodeError);
  });
});

describe('compression in TP-DCS', () => {
  test.each(units.dcs)('$dcs: $result', ({ dcs, result }) => {
    expect(dataCoding(dcs).compressed).toBe(result === 'True');
  });
});

describe('user data headers', () => {
  function read(hex: string): UserDataHeader & { end: number } {
    const reader = strictReader(hex);
    const header = {};
    const end = readUserDataHeader(header, reader, 0, reader.octets.length);
    return { ...(header as UserDataHeader), end };
  }

  test.each(units.udh.filter(({ valid }) => valid))('$hex', ({ hex, ies, octetsRead, ports }) => {
    const header = read(hex);
    if (ies) expect(header.udh).toEqual(ies);
    if (octetsRead) expect(header.end).toBe(octetsRead);
    if (ports) expect(header.ports).toEqual(ports);
  });

  test.each(units.udh.filter(({ valid }) => !valid))('$hex is refused', ({ hex }) => {
    expect(() => read(hex)).toThrow(DecodeError);
  });
});
