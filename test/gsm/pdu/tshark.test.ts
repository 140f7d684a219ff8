import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { hexFromOctets } from '../../../src/gsm/octets.ts';
import {
  type Alphabet,
  type ContentFields,
  type Deliver,
  dataCoding,
  decodePdu,
  encodeDeliver,
  encodeStatusReport,
  encodeSubmit,
  type StatusReport,
  type Submit,
} from '../../../src/gsm/pdu/index.ts';
import { leftOut } from '../../foreign-programs.ts';
import { bool, header, name, number, octet, textUnder, time } from './arbitraries.ts';
import { branch, dissect, find, findAll, type Sample, type Tree } from './wireshark.ts';

/**
 * Holds decoding against a program that others wrote: the SMS dissector of Wireshark reads thousands of our random
 * PDUs. Where the two differ, and why, is in docs/decisions/0004-pdu-against-wireshark.md.
 */
type View = Readonly<Record<string, unknown>>;

function numberIn(tree: Tree | undefined, field: string): number | undefined {
  const value = find(tree, `gsm_sms.${field}`);
  return value === undefined ? undefined : Number(value);
}

/** Local time and the size of the zone in quarters of an hour: the dissector's field leaves out the sign. */
function theirTime(tree: Tree | undefined): unknown {
  const parts = ['year', 'month', 'day', 'hour', 'minutes', 'seconds', 'timezone'];
  return tree && parts.map((part) => numberIn(tree, `scts.${part}`));
}

function ourTime(iso: string | null | undefined): unknown {
  if (!iso) return undefined;
  const [hours = 0, minutes = 0] = iso.endsWith('Z') ? [] : iso.slice(20).split(':').map(Number);
  return [...iso.slice(2, 19).split(/[-T:]/).map(Number), hours * 4 + minutes / 15];
}

function theirs(tree: Tree): View {
  const address =
    branch(tree, 'TP-Originating') ?? branch(tree, 'TP-Destination') ?? branch(tree, 'TP-Recipient');
  return {
    flags: ['rp', 'udhi', 'srr', 'sri', 'srq', 'rd', 'lp', 'mms', 'vpf', 'mti'].map((flag) =>
      numberIn(tree, `tp-${flag}`),
    ),
    address: ['oa', 'da', 'ra']
      .map((kind) => find(address, `gsm_sms.tp-${kind}`))
      .find((digits) => digits !== undefined),
    ton: numberIn(address, 'dis_field_addr.num_type'),
    npi: numberIn(address, 'dis_field_addr.num_plan'),
    mr: numberIn(tree, 'tp-mr'),
    pid: numberIn(tree, 'tp-pid'),
    dcs: numberIn(tree, 'tp-dcs'),
    relative: numberIn(tree, 'vp.validity_period'),
    absolute: theirTime(branch(tree, 'TP-Validity-Period: absolute')),
    scts: theirTime(branch(tree, 'TP-Service-Centre-Time-Stamp')),
    discharge: theirTime(branch(tree, 'TP-Discharge-Time')),
    status: numberIn(branch(tree, 'TP-Status'), 'dis.field_st_reason'),
    statusClass: numberIn(branch(tree, 'TP-Status'), 'dis_field.st_error'),
    udl: numberIn(tree, 'tp.user_data_length'),
    elements: findAll(tree, 'gsm_sms.ie_identifier').map(Number).toSorted(byValue),
    ref: numberIn(tree, 'udh.mm.msg_id') ?? numberIn(tree, 'udh.mm.msg_id16'),
    total: numberIn(tree, 'udh.mm.msg_parts'),
    seq: numberIn(tree, 'udh.mm.msg_part'),
    dest: numberIn(tree, 'destination_port'),
    text: find(branch(tree, 'TP-User-Data'), 'gsm_sms.sms_text') || undefined,
  };
}

type Fields = Partial<Omit<Deliver, 'kind'> & Omit<Submit, 'kind'> & Omit<StatusReport, 'kind'>>;

/** The tree groups fields by name, so their order is lost. */
function byValue(a: number, b: number): number {
  return a - b;
}

function bit(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** The dissector shows no text in a reserved alphabet; the standard has it read as the default one. */
function showsText({ dcs = 0 }: Fields): boolean {
  const { reserved, reservedAlphabet } = dataCoding(dcs);
  return !reserved && !reservedAlphabet;
}

/** The same of ours, with the default tables whatever the header says: the dissector knows no national ones. */
function ours({ direction, pdu }: Sample): View {
  const options = {
    direction,
    hasSmsc: true,
    mode: 'strict',
    overrideLocking: 0,
    overrideSingle: 0,
  } as const;
  const decoded = decodePdu(pdu, options) as Fields & { firstOctet: number };
  const { vp, concat, vpf, moreMessages, status } = decoded;
  return {
    flags: [
      bit(decoded.replyPath),
      bit(decoded.udhi),
      bit(decoded.srr),
      bit(decoded.sri),
      bit(decoded.srq),
      bit(decoded.rejectDuplicates),
      bit(decoded.loopPrevention),
      moreMessages === undefined ? undefined : bit(!moreMessages),
      vpf && ['none', 'enhanced', 'relative', 'absolute'].indexOf(vpf),
      decoded.firstOctet & 3,
    ],
    address: decoded.ton === 1 ? decoded.address?.slice(1) : decoded.address,
    ton: decoded.ton,
    npi: decoded.npi,
    mr: decoded.mr,
    pid: decoded.pid,
    dcs: decoded.dcs,
    relative: vp && 'raw' in vp ? vp.raw : undefined,
    absolute: vp && 'absolute' in vp ? ourTime(vp.absolute) : undefined,
    scts: ourTime(decoded.scts),
    discharge: ourTime(decoded.discharge),
    status: status === undefined ? undefined : status & 31,
    statusClass: status === undefined ? undefined : (status >> 5) & 3,
    udl: decoded.udl,
    elements: (decoded.udh ?? []).map(({ iei }) => iei).toSorted(byValue),
    ref: concat?.ref,
    total: concat?.total,
    seq: concat?.seq,
    dest: decoded.ports?.dest,
    text: showsText(decoded) ? decoded.text || undefined : undefined,
  };
}

/** Every uncompressed TP-DCS of an alphabet. */
function dcsIn(alphabet: Alphabet): fc.Arbitrary<number> {
  const all = Array.from({ length: 256 }, (_, dcs) => dcs);
  return fc.constantFrom(
    ...all.filter((dcs) => dataCoding(dcs).alphabet === alphabet && !dataCoding(dcs).compressed),
  );
}

const unicode = fc.string({
  unit: fc.constantFrom('a', 'Z', '€', 'я', 'Д', '中', '😀', 'é', 'ğ', ' '),
  minLength: 1,
  maxLength: 15,
});
const body: fc.Arbitrary<ContentFields> = fc.oneof(
  fc.record({ text: textUnder(0, 0, 60), dcs: dcsIn('gsm7') }),
  fc.record({ text: unicode, dcs: dcsIn('ucs2') }),
  fc.record({
    dataHex: fc.uint8Array({ minLength: 1, maxLength: 60 }).map((data) => hexFromOctets(data)),
    dcs: dcsIn('8bit'),
  }),
);
/** Ports free for applications: what goes to others the dissector may hand to a protocol of theirs. */
const freePorts = fc.oneof(
  fc.record({ dest: fc.integer({ min: 240, max: 255 }), src: octet, bits: fc.constant(8 as const) }),
  fc.record({ dest: fc.integer({ min: 16_000, max: 16_999 }), src: octet, bits: fc.constant(16 as const) }),
);
const content = fc.tuple(body, header, freePorts).map(
  ([own, { ports, ...elements }, free]): ContentFields => ({
    ...elements,
    ...(ports && { ports: free }),
    ...own,
  }),
);

const submit = fc
  .record({
    to: number,
    mr: octet,
    pid: octet,
    statusReport: bool,
    rejectDuplicates: bool,
    replyPath: bool,
    own: content,
  })
  .chain(({ own, ...fields }) =>
    fc
      .oneof(
        fc.constant({}),
        fc.integer({ min: 1, max: 635_040 }).map((validityMinutes) => ({ validityMinutes })),
        time.map((absolute) => ({ validity: { absolute } })),
      )
      .map(
        (validity): Sample => ({
          direction: 'MO',
          pdu: encodeSubmit({ ...fields, ...own, ...validity }).pdu,
        }),
      ),
  );
const deliver = fc
  .record({
    from: fc.oneof(number, name),
    scts: time,
    pid: octet,
    moreMessages: bool,
    loopPrevention: bool,
    sri: bool,
    own: content,
  })
  .map(({ own, ...fields }): Sample => ({ direction: 'MT', pdu: encodeDeliver({ ...fields, ...own }).pdu }));
const statusReport = fc
  .record({
    recipient: number,
    mr: octet,
    scts: time,
    discharge: time,
    status: octet,
    moreMessages: bool,
    srq: bool,
    own: fc.option(content),
  })
  .map(
    ({ own, ...fields }): Sample => ({ direction: 'MT', pdu: encodeStatusReport({ ...fields, ...own }).pdu }),
  );

const kinds = [
  ['SMS-SUBMIT', submit, 1500],
  ['SMS-DELIVER', deliver, 1500],
  ['SMS-STATUS-REPORT', statusReport, 1000],
] as const;

describe.skipIf(leftOut('tshark'))('Wireshark reads our PDUs as we do', () => {
  const samples = new Map<string, readonly Sample[]>();
  const trees = new Map<Sample, Tree>();

  /** The dissector takes longer to start than to read them all, so it is started once. */
  beforeAll(() => {
    for (const [kind, arbitrary, count] of kinds) {
      samples.set(kind, fc.sample(arbitrary as fc.Arbitrary<Sample>, count));
    }
    const all = [...samples.values()].flat();
    for (const [index, tree] of dissect(all).entries()) if (all[index]) trees.set(all[index], tree);
  });

  test.each(kinds)('%s', (kind, _arbitrary, count) => {
    const own = samples.get(kind) ?? [];
    expect(own.filter((sample) => trees.has(sample))).toHaveLength(count);
    const differences = own.flatMap((sample) => {
      const [mine, other] = [ours(sample), theirs(trees.get(sample) ?? {})];
      const fields = Object.keys(mine).filter(
        (key) => JSON.stringify(mine[key]) !== JSON.stringify(other[key]),
      );
      return fields.map((field) => ({ pdu: sample.pdu, field, ours: mine[field], theirs: other[field] }));
    });
    expect(differences).toEqual([]);
  });
});
