import { describe, expect, test } from 'vitest';
import {
  type Address,
  type DecodedPdu,
  DecodeError,
  type DecodeOptions,
  type Deliver,
  decodePdu,
  type EncodedPdu,
  encodeDeliver,
  encodeStatusReport,
  encodeSubmit,
  type StatusReport,
  type Submit,
} from '../../../src/gsm/pdu/index.ts';
import { type PduVector, pduVectors } from '../../vectors/vectors.ts';

function optionsOf(vector: PduVector, mode: 'strict' | 'lenient'): DecodeOptions {
  return {
    mode,
    units: true,
    hasSmsc: vector.hasSmsc,
    ...(vector.direction && { direction: vector.direction }),
    ...(vector.overrideLocking !== undefined && { overrideLocking: vector.overrideLocking }),
    ...(vector.overrideSingle !== undefined && { overrideSingle: vector.overrideSingle }),
  };
}

function at(decoded: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], decoded);
}

function instant(value: unknown): unknown {
  return typeof value === 'string' ? new Date(value).getTime() : value;
}

/** Keys of the data that are not simply fields of ours. */
const views: Readonly<Record<string, (decoded: DecodedPdu) => unknown>> = {
  sctsUtc: (decoded) => instant(at(decoded, 'scts')),
  scts: (decoded) => instant(at(decoded, 'scts')),
  discharge: (decoded) => instant(at(decoded, 'discharge')),
  'vp.absolute': (decoded) => instant(at(decoded, 'vp.absolute')),
  'vp.absoluteLocal': (decoded) => (at(decoded, 'vp.absolute') as string).slice(0, 19),
  'vp.enhancedHex': (decoded) => at(decoded, 'vp.enhancedHex'),
  addressDigits: (decoded) => (at(decoded, 'address') as string).replace('+', ''),
  isMultipart: (decoded) => at(decoded, 'concat') !== undefined,
  'android.mwiSet': (decoded) => at(decoded, 'mwi.active') === true,
};

/** Our names do not hold these: Go source text, and a vendor's own voice mail convention. */
const foreign = new Set(['vpRaw', 'android.mwiClear']);

function stated(vector: PduVector): [string, unknown][] {
  const { vp, ...reference } = vector.reference ?? {};
  const validity = Object.entries(vp ?? {}).map(([key, value]) => [`vp.${key}`, value] as [string, unknown]);
  return [...Object.entries(reference), ...validity, ...Object.entries(vector.expected)].filter(
    ([key]) =>
      !foreign.has(key) &&
      !(vector.kind === 'deliver' && vector.overrideLocking !== undefined && key === 'kind'),
  );
}

const valid = pduVectors.filter((vector) => vector.valid);
const invalid = pduVectors.filter((vector) => !vector.valid);

describe.each(['strict', 'lenient'] as const)('every valid PDU reads as its source says, %s', (mode) => {
  test.each(valid)('$id', (vector) => {
    const decoded = decodePdu(vector.pdu, optionsOf(vector, mode));
    for (const [key, value] of stated(vector)) {
      const view = views[key];
      const time = key.startsWith('scts') || key === 'discharge' || key === 'vp.absolute';
      expect([key, view ? view(decoded) : at(decoded, key)]).toEqual([key, time ? instant(value) : value]);
    }
  });
});

test.each(valid)('$id reads the same when the SMSC part is told by the length alone', (vector) => {
  const known = decodePdu(vector.pdu, optionsOf(vector, 'strict'));
  const { hasSmsc: _, ...options } = optionsOf(vector, 'strict');
  expect(decodePdu(vector.pdu, { ...options, tpduLength: known.tpduLength })).toEqual(known);
});

/** Where a source states the octet at which it refuses, we state the same. */
function statedOffset(vector: PduVector): number | undefined {
  const match = / at octet (\d+)$/.exec(vector.notes ?? '');
  return match ? Number(match[1]) : undefined;
}

test.each(invalid)('$id is refused with field and octet in strict mode', (vector) => {
  let refusal: unknown;
  try {
    decodePdu(vector.pdu, optionsOf(vector, 'strict'));
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(DecodeError);
  const { field, offset, code } = refusal as DecodeError;
  expect(code).toBe('decode_error');
  expect(field).toMatch(/^[a-zA-Z0-9.]+$/);
  expect(offset).toBeLessThanOrEqual(vector.pdu.length / 2);
  expect(offset).toBe(statedOffset(vector) ?? offset);
});

/** A PDU that is nothing but an SMSC part. */
const unreadable = new Set(['P010']);

test.each(invalid.filter(({ id }) => !unreadable.has(id)))(
  '$id is read as far as it goes in lenient mode',
  (vector) => {
    const decoded = decodePdu(vector.pdu, optionsOf(vector, 'lenient'));
    expect(decoded.problems.length).toBeGreaterThan(0);
    const { text } = vector.expected;
    if (text !== undefined) expect(at(decoded, 'text')).toBe(text);
  },
);

function addressOf({ address, ton, npi }: Address): Address {
  return { address, ton, npi };
}

function reencodeSubmit(submit: Submit & DecodedPdu): EncodedPdu {
  const { text, dataHex, udh, vp } = submit;
  return encodeSubmit({
    to: addressOf(submit),
    smsc: submit.smsc ?? null,
    mr: submit.mr,
    pid: submit.pid,
    dcs: submit.dcs,
    statusReport: submit.srr,
    rejectDuplicates: submit.rejectDuplicates,
    replyPath: submit.replyPath,
    ...(vp && 'minutes' in vp && { validityMinutes: vp.minutes }),
    ...(vp && 'absolute' in vp && { validity: { absolute: vp.absolute as string } }),
    ...(udh && { udh }),
    ...(text !== undefined && { text }),
    ...(dataHex !== undefined && { dataHex }),
  });
}

function reencodeDeliver(deliver: Deliver & DecodedPdu): EncodedPdu {
  const { text, udh } = deliver;
  return encodeDeliver({
    from: addressOf(deliver),
    smsc: deliver.smsc ?? null,
    scts: deliver.scts,
    pid: deliver.pid,
    dcs: deliver.dcs,
    moreMessages: deliver.moreMessages,
    sri: deliver.sri,
    replyPath: deliver.replyPath,
    ...(udh && { udh }),
    ...(text !== undefined && { text }),
  });
}

function reencodeReport(report: StatusReport & DecodedPdu): EncodedPdu {
  const { pid, dcs, dataHex } = report;
  return encodeStatusReport({
    recipient: addressOf(report),
    smsc: report.smsc ?? null,
    mr: report.mr,
    scts: report.scts,
    discharge: report.discharge,
    status: report.status,
    moreMessages: report.moreMessages,
    srq: report.srq,
    emptyIndicator: report.pi === 0,
    ...(pid !== undefined && { pid }),
    ...(dcs !== undefined && { dcs }),
    ...(dataHex !== undefined && { dataHex }),
  });
}

function reencode(decoded: DecodedPdu): EncodedPdu {
  if (decoded.kind === 'submit') return reencodeSubmit(decoded);
  if (decoded.kind === 'deliver') return reencodeDeliver(decoded);
  return reencodeReport(decoded as StatusReport & DecodedPdu);
}

const encodable = ['submit', 'deliver', 'status-report'];
const encoded = valid.filter(
  ({ canonical, mode, kind }) => encodable.includes(kind) && (canonical || mode !== 'decode'),
);

test.each(encoded)('$id encodes back to the same octets', (vector) => {
  const decoded = decodePdu(vector.pdu, optionsOf(vector, 'strict'));
  const { pdu, tpduLength } = reencode(decoded);
  expect(vector.hasSmsc ? pdu : pdu.slice(2)).toBe(vector.pdu);
  expect(tpduLength).toBe(decoded.tpduLength);
});

test('there are enough vectors of each sort', () => {
  expect([valid.length, invalid.length, encoded.length]).toEqual([172, 40, 43]);
});
