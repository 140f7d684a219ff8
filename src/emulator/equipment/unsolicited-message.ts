import { decodePdu } from '../../gsm/pdu/decode.ts';
import type { Settings } from '../at/settings.ts';
import type { Arrival } from '../network/subscriber.ts';
import { deliverFields, reportFields } from './text-mode.ts';

/** +CMT: a text handed on as it arrives (27.005 3.4.1). */
export function deliverLine(arrival: Arrival, settings: Settings, alpha = ''): string {
  const fields = decodePdu(arrival.pdu, { direction: 'MT', hasSmsc: true });
  if (settings.messageFormat === 0 || fields.kind !== 'deliver')
    return `+CMT: ${alpha},${arrival.length}\r\n${arrival.pdu}`;
  return `+CMT: ${deliverFields(fields, settings)}`;
}

/** +CDS: a status report handed on as it arrives (27.005 3.4.1). */
export function reportLine(arrival: Arrival, settings: Settings): string {
  const fields = decodePdu(arrival.pdu, { direction: 'MT', hasSmsc: true });
  if (settings.messageFormat === 0 || fields.kind !== 'status-report')
    return `+CDS: ${arrival.length}\r\n${arrival.pdu}`;
  return `+CDS: ${reportFields(fields, settings)}`;
}
