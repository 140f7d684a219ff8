import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexFromOctets } from '../../../src/gsm/octets.ts';
import {
  type AddressInput,
  type ContentFields,
  DecodeError,
  type DecodeOptions,
  type Deliver,
  decodePdu,
  encodeDeliver,
  encodeMessage,
  encodeStatusReport,
  encodeSubmit,
  type Part,
  reassemble,
  type SegmentOptions,
  type StatusReport,
  type Submit,
  segmentText,
} from '../../../src/gsm/pdu/index.ts';
import { pduVectors } from '../../vectors/vectors.ts';
import { anyUnits, bool, header, language, name, number, octet, textUnder, time } from './arbitraries.ts';

const inGsm7 = fc.tuple(language, language).chain(([locking, single]) =>
  textUnder(locking, single, 40).map((text) => ({
    text,
    alphabet: 'gsm7' as const,
    ...((locking || single) && { national: { locking, single } }),
  })),
);
const inUcs2 = anyUnits.map((text) => ({ text, alphabet: 'ucs2' as const }));
const in8bit = fc
  .uint8Array({ maxLength: 60 })
  .map((data) => ({ dataHex: hexFromOctets(data), alphabet: '8bit' as const }));

const content: fc.Arbitrary<ContentFields> = fc
  .tuple(
    fc.oneof(inGsm7, inUcs2, in8bit),
    header,
    fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  )
  .map(([body, elements, messageClass]) => ({
    ...elements,
    ...body,
    ...(messageClass !== undefined && { messageClass: messageClass as 0 | 1 | 2 | 3 }),
  }));

/** What decoding gives of the content: all of it, but for the header elements, which are compared by their meaning. */
function expectContent(
  decoded: Deliver | Submit | StatusReport,
  { udh, messageClass, ...rest }: ContentFields,
): void {
  expect(decoded).toMatchObject({ ...rest, ...(messageClass !== undefined && { messageClass }) });
  if (udh) expect(decoded.udh?.slice(-udh.length)).toEqual(udh);
}

describe('decode(encode(x)) = x', () => {
  test('of a SUBMIT', () => {
    const options = fc.record({
      to: number as fc.Arbitrary<AddressInput>,
      mr: octet,
      pid: octet,
      statusReport: bool,
      rejectDuplicates: bool,
      replyPath: bool,
    });
    const validity = fc.oneof(
      fc.constant(undefined),
      fc.integer({ min: 0, max: 255 }).map((raw) => ({ raw })),
      time.map((absolute) => ({ absolute })),
    );
    fc.assert(
      fc.property(options, validity, content, (fields, vp, body) => {
        const minutes = vp && 'raw' in vp ? decodedMinutes(vp.raw) : undefined;
        const { pdu, tpduLength } = encodeSubmit({
          ...fields,
          ...body,
          ...(minutes !== undefined && { validityMinutes: minutes }),
          ...(vp && 'absolute' in vp && { validity: vp }),
        });
        const decoded = decodePdu(pdu, { direction: 'MO', tpduLength, mode: 'strict' }) as Submit;
        const { to, statusReport, ...same } = fields;
        expect(decoded).toMatchObject({ ...same, ...(to as object), srr: statusReport, ...(vp && { vp }) });
        expectContent(decoded, body);
      }),
      { numRuns: 500 },
    );
  });

  test('of a DELIVER', () => {
    const options = fc.record({
      from: fc.oneof(number, name) as fc.Arbitrary<AddressInput>,
      smsc: number,
      scts: fc.option(time),
      pid: octet,
      moreMessages: bool,
      loopPrevention: bool,
      sri: bool,
      replyPath: bool,
    });
    fc.assert(
      fc.property(options, content, (fields, body) => {
        const { pdu, tpduLength } = encodeDeliver({ ...fields, ...body });
        const decoded = decodePdu(pdu, { direction: 'MT', tpduLength, mode: 'strict' }) as Deliver;
        const { from, smsc, ...same } = fields;
        expect(decoded).toMatchObject({ ...same, ...(from as object), smsc: smsc.address });
        expectContent(decoded, body);
      }),
      { numRuns: 500 },
    );
  });

  test('of a STATUS-REPORT', () => {
    const options = fc.record({
      recipient: number as fc.Arbitrary<AddressInput>,
      mr: octet,
      scts: fc.option(time),
      discharge: fc.option(time),
      status: octet,
      moreMessages: bool,
      srq: bool,
    });
    fc.assert(
      fc.property(options, fc.option(content), (fields, body) => {
        const { pdu, tpduLength } = encodeStatusReport({ ...fields, ...body });
        const decoded = decodePdu(pdu, { direction: 'MT', tpduLength, mode: 'strict' }) as StatusReport;
        const { recipient, ...same } = fields;
        expect(decoded).toMatchObject({ ...same, ...(recipient as object) });
        if (body) expectContent(decoded, body);
      }),
      { numRuns: 500 },
    );
  });
});

function decodedMinutes(raw: number): number {
  const pdu = `1100039194F10004${hexFromOctets(Uint8Array.of(raw))}00`;
  const { vp } = decodePdu(pdu, { direction: 'MO', hasSmsc: false, mode: 'strict' }) as Submit;
  return (vp as { minutes: number }).minutes;
}

const modes = ['strict', 'lenient'] as const;
const directions = ['MO', 'MT', undefined] as const;

const ways: readonly DecodeOptions[] = modes.flatMap((mode) =>
  directions.flatMap((direction) =>
    [true, false, undefined].map((hasSmsc) => ({
      mode,
      spans: true,
      units: true,
      ...(direction && { direction }),
      ...(hasSmsc !== undefined && { hasSmsc }),
    })),
  ),
);

/** What is wrong with how decoding ended: nothing after a value, or after a `DecodeError` where one may be. */
function faultOf(pdu: Uint8Array | string, options: DecodeOptions): unknown {
  try {
    const { problems } = decodePdu(pdu, options);
    return options.mode === 'strict' ? problems[0] : undefined;
  } catch (error) {
    if (!(error instanceof DecodeError) || error.offset > pdu.length) return error;
    // Lenient mode refuses only where there is no TPDU at all.
    return options.mode === 'strict' || ['pdu', 'firstOctet'].includes(error.field) ? undefined : error;
  }
}

function expectValueOrDecodeError(pdu: Uint8Array | string): void {
  expect(ways.map((options) => faultOf(pdu, options)).filter((fault) => fault !== undefined)).toEqual([]);
}

describe('anything at all ends in a value or a DecodeError', () => {
  const vector = fc.constantFrom(...pduVectors.filter(({ pdu }) => pdu.length % 2 === 0));

  test('any octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), expectValueOrDecodeError), { numRuns: 500 });
  });

  test('any string', () => {
    const hexish = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFabcdefg '), maxLength: 100 });
    const any = fc.oneof(hexish, fc.string({ unit: 'binary', maxLength: 100 }));
    fc.assert(fc.property(any, expectValueOrDecodeError), { numRuns: 500 });
  });

  test('a real PDU, cut anywhere', () => {
    fc.assert(
      fc.property(vector, fc.nat(400), ({ pdu }, end) =>
        expectValueOrDecodeError(pdu.slice(0, end % pdu.length)),
      ),
      { numRuns: 500 },
    );
  });

  test('a real PDU with any of its octets changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(60), octet), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(vector, changes, ({ pdu }, changed) => {
        const octets = Uint8Array.from(pdu.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
        for (const [at, value] of changed) octets[at % octets.length] = value;
        expectValueOrDecodeError(octets);
      }),
      { numRuns: 500 },
    );
  });
});

const anyText = fc.oneof(
  textUnder(0, 0, 500),
  textUnder(1, 1, 400),
  textUnder(6, 6, 400),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom('a', '€', 'я', '😀', '👨‍👩‍👧', '\r\n', 'e\u0301', '\u0301', '🇩🇪', 'क्षि'),
    maxLength: 200,
  }),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const segmentOptions: fc.Arbitrary<SegmentOptions> = fc.record(
  {
    refBits: fc.constantFrom(8, 16),
    nationalTables: fc.constantFrom([], [1], [1, 2, 3], [6]),
    ports: fc.constant({ dest: 1, src: 2, bits: 16 as const }),
    alphabet: fc.constantFrom('auto', 'ucs2'),
  },
  { requiredKeys: [] },
);

describe('segments', () => {
  test('joined give the text, and tear no pair and no cluster that fits', () => {
    const segmenter = new Intl.Segmenter();
    fc.assert(
      fc.property(anyText, segmentOptions, (text, options) => {
        const { segments, alphabet, unitsLeft, unitsPerSegment } = segmentText(text, options);
        expect(segments.join('')).toBe(text);
        expect(unitsLeft).toBeGreaterThanOrEqual(0);
        expect(unitsLeft).toBeLessThanOrEqual(unitsPerSegment);
        const boundaries = new Set(Array.from(segmenter.segment(text), ({ index }) => index));
        let at = 0;
        for (const segment of segments.slice(0, -1)) {
          at += segment.length;
          if (text.isWellFormed()) expect(segment.isWellFormed()).toBe(true);
          const cluster = segmenter.segment(text).containing(at)?.segment ?? '';
          if (alphabet === 'ucs2' && cluster.length <= unitsPerSegment) expect(boundaries.has(at)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are never over 140 octets, and every one decodes by itself', () => {
    fc.assert(
      fc.property(anyText, segmentOptions, fc.nat(255), (text, options, ref) => {
        const { segments } = encodeMessage({ to: '+4915112345678', text, ref, ...options });
        const decoded = segments.map(
          ({ pdu, tpduLength }) => decodePdu(pdu, { direction: 'MO', tpduLength, mode: 'strict' }) as Submit,
        );
        expect(decoded.map(({ text: own }) => own)).toEqual(segments.map(({ text: own }) => own));
        for (const { udl, alphabet } of decoded)
          expect(udl).toBeLessThanOrEqual(alphabet === 'gsm7' ? 160 : 140);
        for (const { tpduLength } of segments) expect(tpduLength).toBeLessThanOrEqual(13 + 140);
      }),
      { numRuns: 500 },
    );
  });

  test('come together again in any order, with any of them twice', () => {
    const shuffled = fc.tuple(anyText, segmentOptions, fc.infiniteStream(fc.nat()));
    fc.assert(
      fc.property(shuffled, ([text, options, random]) => {
        const { segments } = encodeMessage({ to: '1', text, ref: 5, ...options });
        const parts: Part[] = segments.flatMap(({ pdu }, index) => {
          const {
            concat,
            text: _,
            ...rest
          } = decodePdu(pdu, { direction: 'MO', hasSmsc: true, units: true }) as Submit;
          const part = {
            from: '1',
            receivedAt: random.next().value,
            ...(concat ?? { ref: 5, bits: 8, total: 1, seq: 1 }),
            ...rest,
          };
          return index % 3 === 0 ? [part, { ...part, receivedAt: random.next().value }] : [part];
        });
        const messages = reassemble(parts, { gapMs: Number.POSITIVE_INFINITY });
        expect(messages.map(({ state }) => state)).toEqual(['complete']);
        expect(messages[0]?.text).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
