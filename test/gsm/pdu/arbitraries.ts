import fc from 'fast-check';
import { hexFromOctets } from '../../../src/gsm/octets.ts';
import { gsm7Tables } from '../../../src/gsm/pdu/gsm7.ts';

/** Random fields of PDUs, any value that can be encoded. */

export const octet = fc.integer({ min: 0, max: 255 });
export const bool = fc.boolean();

/** A text of the characters that two tables have. */
export function textUnder(locking: number, single: number, maxLength: number): fc.Arbitrary<string> {
  const { main, extension } = gsm7Tables(locking, single);
  const codes = [...main.filter((_, septet) => septet !== 0x1b), ...extension].filter((code) => code !== 0);
  return fc.string({ unit: fc.constantFrom(...codes.map((code) => String.fromCharCode(code))), maxLength });
}

export const language = fc.integer({ min: 0, max: 13 });

/** Units as they come, halves of surrogate pairs among them. */
export const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

export const header = fc.record(
  {
    concat: fc.oneof(
      fc.record({
        ref: octet,
        total: fc.constant(255),
        seq: fc.integer({ min: 1, max: 255 }),
        bits: fc.constant(8 as const),
      }),
      fc.record({
        ref: fc.nat(65_535),
        total: fc.constant(9),
        seq: fc.integer({ min: 1, max: 9 }),
        bits: fc.constant(16 as const),
      }),
    ),
    ports: fc.oneof(
      fc.record({ dest: octet, src: octet, bits: fc.constant(8 as const) }),
      fc.record({ dest: fc.nat(65_535), src: fc.nat(65_535), bits: fc.constant(16 as const) }),
    ),
    udh: fc.array(
      fc.record({
        iei: fc.integer({ min: 0x70, max: 0xff }),
        data: fc.uint8Array({ maxLength: 8 }).map((data) => hexFromOctets(data)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);

export const digits = fc.string({ unit: fc.constantFrom(...'0123456789*#abc'), minLength: 1, maxLength: 20 });
export const number = fc.oneof(
  digits.map((address) => ({ address: `+${address}`, ton: 1, npi: 1 })),
  digits.chain((address) => fc.constantFrom(0, 2, 3, 4, 6, 7).map((ton) => ({ address, ton, npi: 1 }))),
);
export const name = textUnder(0, 0, 5)
  .filter((text) => text !== '')
  .map((address) => ({ address, ton: 5, npi: 0 }));

export const time = fc
  .tuple(
    fc.date({ min: new Date('1990-01-02'), max: new Date('2089-12-30'), noInvalidDate: true }),
    fc.integer({ min: -56, max: 56 }),
  )
  .map(([date, quarters]) => {
    const size = 15 * Math.abs(quarters);
    const zone = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':');
    return date.toISOString().slice(0, 19) + (quarters === 0 ? 'Z' : `${quarters < 0 ? '-' : '+'}${zone}`);
  });
