import {
  type ContentFields,
  type DecodedPdu,
  dataCoding,
  decodePdu,
  EncodeError,
  encodeSubmit,
  relativeMinutes,
} from '../../gsm/pdu/index.ts';
import { decodeHost, encodeHost, ucs2Hex } from '../at/character-set.ts';
import { InvalidParameter } from '../at/parameters.ts';
import { cms } from '../at/reply.ts';
import type { Settings } from '../at/settings.ts';
import type { StoredMessage } from './message-storage.ts';

/** Names of the stored statuses 0 to 3 in text mode (27.005 3.1). */
export const statusNames = ['REC UNREAD', 'REC READ', 'STO UNSENT', 'STO SENT'] as const;

type Fields<Kind extends DecodedPdu['kind']> = Extract<DecodedPdu, { kind: Kind }>;

const messageType = 0x03;
const submitType = 0x01;
const rejectDuplicates = 0x04;
const validityFormat = 0x18;
const relativeValidity = 0x10;
const statusReport = 0x20;
const userDataHeader = 0x40;

/**
 * The SUBMIT that a text-mode +CMGS makes of an address, a text and the +CSMP settings (27.005 3.1.2, 3.5.1). Text in
 * the default alphabet is written in the host's character set, anything else in hexadecimal.
 */
export function textSubmit(typed: string, written: string, settings: Settings): string {
  const { firstOctet, validity, protocol, coding } = settings.textMode;
  const format = firstOctet & validityFormat;
  const timed = format === relativeValidity;
  const unable = firstOctet & userDataHeader || (format !== 0 && !timed);
  if ((firstOctet & messageType) !== submitType || unable) throw cms(305);
  const to = textOf(written, settings);
  if (to !== '' && !/^\+?[\d*#]{1,20}$/.test(to)) throw cms(305);
  return encode(() =>
    encodeSubmit({
      to,
      pid: protocol,
      dcs: coding,
      statusReport: (firstOctet & statusReport) !== 0,
      rejectDuplicates: (firstOctet & rejectDuplicates) !== 0,
      ...(timed && { validityMinutes: relativeMinutes(validity) }),
      ...contentOf(typed, settings),
    }),
  );
}

function contentOf(typed: string, settings: Settings): ContentFields {
  if (dataCoding(settings.textMode.coding).alphabet !== 'gsm7')
    return { dataHex: typed.replace(/[\r\n]/g, '') };
  return { text: textOf(typed, settings).replace(/\r\n?/g, '\n') };
}

/** What cannot be sent in one TPDU is an invalid text mode parameter. */
function encode(make: () => { readonly pdu: string }): string {
  try {
    return make().pdu;
  } catch (cause) {
    if (cause instanceof EncodeError) throw cms(305);
    throw cause;
  }
}

function textOf(written: string, settings: Settings): string {
  try {
    return decodeHost(written, settings.characterSet);
  } catch (cause) {
    if (cause instanceof InvalidParameter) throw cms(305);
    throw cause;
  }
}

/** `yy/MM/dd,hh:mm:ss+zz`, the zone in quarters of an hour; empty for a time that is none. */
function timeText(time: string | null): string {
  const match = /^\d\d(\d\d)-(\d\d)-(\d\d)T([\d:]{8})(?:Z|([+-])(\d\d):(\d\d))$/.exec(time ?? '');
  if (!match) return '';
  const [, year, month, day, clock, sign = '+', hours = '0', minutes = '0'] = match;
  const quarters = String(4 * Number(hours) + Number(minutes) / 15).padStart(2, '0');
  return `${year}/${month}/${day},${clock}${sign}${quarters}`;
}

function quoted(text: string, settings: Settings): string {
  return `"${encodeHost(text, settings.characterSet)}"`;
}

function bodyOf(fields: Fields<'deliver'> | Fields<'submit'>, settings: Settings): string {
  if (fields.alphabet === 'gsm7' && fields.text !== undefined)
    return encodeHost(fields.text, settings.characterSet);
  return fields.text === undefined ? (fields.dataHex ?? '') : ucs2Hex(fields.text);
}

function serviceCentreOf(fields: DecodedPdu, settings: Settings): string {
  const smsc = fields.smsc ?? '';
  return `${quoted(smsc, settings)},${fields.smscToa ?? 129}`;
}

/** `fo,mr,[ra],[tora],scts,dt,st`, as in +CDS and in a listed report. */
export function reportFields(fields: Fields<'status-report'>, settings: Settings): string {
  const { firstOctet, mr, address, toa, scts, discharge, status } = fields;
  const to = `${quoted(address, settings)},${toa}`;
  return `${firstOctet},${mr},${to},"${timeText(scts)}","${timeText(discharge)}",${status}`;
}

/** `oa,[alpha],scts` with the details of +CSDH=1, and the text on its own line. */
export function deliverFields(fields: Fields<'deliver'>, settings: Settings): string {
  const { address, toa, firstOctet, pid, dcs, scts, udl } = fields;
  const head = `${quoted(address, settings)},,"${timeText(scts)}"`;
  const details = `,${toa},${firstOctet},${pid},${dcs},${serviceCentreOf(fields, settings)},${udl}`;
  return `${head}${settings.textModeDetails ? details : ''}\r\n${bodyOf(fields, settings)}`;
}

function submitFields(fields: Fields<'submit'>, settings: Settings): string {
  const { address, toa, firstOctet, pid, dcs, vp, udl } = fields;
  const validity = vp && 'raw' in vp ? vp.raw : '';
  const details = `,${toa},${firstOctet},${pid},${dcs},${validity},${serviceCentreOf(fields, settings)},${udl}`;
  return `${quoted(address, settings)},${settings.textModeDetails ? details : ''}\r\n${bodyOf(fields, settings)}`;
}

/** +CMGR in text mode (27.005 3.4.3). */
export function readText(message: StoredMessage, settings: Settings): string {
  const head = `+CMGR: "${statusNames[message.status]}",`;
  const fields = decodePdu(message.pdu, { hasSmsc: true });
  if (fields.kind === 'deliver') return head + deliverFields(fields, settings);
  if (fields.kind === 'submit') return head + submitFields(fields, settings);
  if (fields.kind === 'status-report') return head + reportFields(fields, settings);
  return `${head}\r\n${message.pdu}`;
}

/** One entry of +CMGL in text mode (27.005 3.4.2). */
export function listedText(index: number, message: StoredMessage, settings: Settings): string {
  const head = `+CMGL: ${index},"${statusNames[message.status]}",`;
  const fields = decodePdu(message.pdu, { hasSmsc: true });
  if (fields.kind === 'status-report') return head + reportFields(fields, settings);
  if (fields.kind !== 'deliver' && fields.kind !== 'submit') return `${head}\r\n${message.pdu}`;
  const time = fields.kind === 'deliver' ? `"${timeText(fields.scts)}"` : '';
  const details = settings.textModeDetails ? `,${fields.toa},${fields.udl}` : '';
  return `${head}${quoted(fields.address, settings)},,${time}${details}\r\n${bodyOf(fields, settings)}`;
}
