import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Clock } from '../clock.ts';
import { readIdentity, TlsError, type TlsIdentity } from './tls-identity.ts';

const dayMs = 24 * 3_600_000;
/** Longer ones some browsers do not take at all. */
const validDays = 825;
const renewedDaysBefore = 30;

/**
 * A certificate that the gateway makes for itself, in the folder `tls` of its data directory: made when there is none,
 * made anew when it is about to end or lacks one of the names.
 *
 * @param names hosts and addresses that the gateway is called by
 */
export async function selfMadeIdentity(
  dataDir: string,
  names: readonly string[],
  clock: Pick<Clock, 'now'>,
): Promise<TlsIdentity> {
  const folder = join(dataDir, 'tls');
  const [certFile, keyFile] = [join(folder, 'postern.crt'), join(folder, 'postern.key')];
  const kept = keptIdentity(certFile, keyFile);
  if (kept && isStillGood(kept, names, clock.now())) return kept;
  const { cert, private: key } = await make(names, clock.now());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  replace(keyFile, key);
  replace(certFile, cert);
  return readIdentity(certFile, keyFile);
}

/** A stop between the two files leaves a pair that does not fit: it is worth nothing, and made anew. */
function keptIdentity(certFile: string, keyFile: string): TlsIdentity | undefined {
  if (!existsSync(certFile) || !existsSync(keyFile)) return undefined;
  try {
    return readIdentity(certFile, keyFile);
  } catch (error) {
    if (error instanceof TlsError) return undefined;
    throw error;
  }
}

function isStillGood({ cert, validTo }: TlsIdentity, names: readonly string[], now: number): boolean {
  const certificate = new X509Certificate(cert);
  if (validTo - now < renewedDaysBefore * dayMs) return false;
  return names.every((name) =>
    isIP(name) ? certificate.checkIP(name) !== undefined : certificate.checkHost(name) !== undefined,
  );
}

function make(names: readonly string[], now: number) {
  const altNames = names.map((name) =>
    isIP(name) ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const),
  );
  return generate([{ name: 'commonName', value: 'Postern' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - dayMs), // the clocks of those who look at it may be behind
    notAfterDate: new Date(now + validDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
}

function replace(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
