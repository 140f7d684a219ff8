import type { Draft } from './draft.ts';

/** What TP-PID asks of the receiver (TS 23.040, 9.2.3.9), where it asks anything. */
export interface ProtocolMeaning {
  /** Short message type 0: acknowledge, never show. */
  readonly type0?: true;
  /** 1..7: takes the place of the last message of the same type from the same sender and service centre. */
  readonly replaceType?: number;
}

const type0 = 0x40;

/** Sets what a TP-PID asks, on a TPDU under construction. */
export function setProtocolMeaning(tpdu: Draft<ProtocolMeaning>, pid: number): void {
  if (pid === type0) tpdu.type0 = true;
  else if (pid > type0 && pid <= type0 + 7) tpdu.replaceType = pid - type0;
}

const telematic: Readonly<Record<number, string>> = {
  0: 'device chosen by the service centre',
  1: 'telex',
  2: 'fax group 3',
  3: 'fax group 4',
  4: 'voice telephone',
  5: 'ERMES',
  6: 'national paging system',
  7: 'videotex',
  8: 'teletex',
  9: 'teletex, packet-switched network',
  10: 'teletex, circuit-switched network',
  11: 'teletex, ISDN',
  12: 'teletex, telephone network',
  13: 'UCI',
  16: 'message handling facility',
  17: 'X.400 message handling system',
  18: 'e-mail',
  31: 'GSM or UMTS mobile station',
};

const named: Readonly<Record<number, string>> = {
  64: 'short message type 0: acknowledged, not shown',
  72: 'device triggering',
  94: 'enhanced message service (obsolete)',
  95: 'return call message',
  124: 'ANSI-136 R-DATA',
  125: 'ME data download',
  126: 'ME de-personalisation',
  127: '(U)SIM data download',
};

/** A TP-PID octet in words. */
export function describeProtocol(pid: number): string {
  if (pid === 0) return 'ordinary short message';
  if (pid < 0x20) return `protocol ${pid} between service centre and sender`;
  if (pid < 0x40)
    return `interworking: ${telematic[pid & 31] ?? 'reserved or specific to the service centre'}`;
  if (pid > type0 && pid <= type0 + 7) return `replace short message type ${pid - type0}`;
  if (pid >= 0xc0) return 'specific to the service centre';
  return named[pid] ?? 'reserved';
}
