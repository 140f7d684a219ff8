import { createHash } from 'node:crypto';

const prefix = 'sha256:';

/** What is kept of a PDU whose text was taken out: enough to know it again when a modem shows it once more. */
export function fingerprint(pdu: string): string {
  return isFingerprint(pdu) ? pdu : prefix + createHash('sha256').update(pdu).digest('base64url');
}

export function isFingerprint(pdu: string): boolean {
  return pdu.startsWith(prefix);
}
