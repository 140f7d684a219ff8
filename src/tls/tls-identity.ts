import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** What a server shows, in PEM: its certificate, with those between it and its issuer, and the private key. */
export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
  /** The file that has the certificate: whoever can read the data directory can trust it without an issuer. */
  readonly certFile: string;
  /** What people compare to be sure that it is the one that they mean: the certificate's SHA-256. */
  readonly fingerprint: string;
}

/** A certificate cannot be used; the message says why and what to do. */
export class TlsError extends Error {
  readonly code = 'tls_error';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TlsError';
  }
}

/** The certificate and key in two PEM files. Throws a `TlsError` when they are missing, no PEM, or not of one another. */
export function readIdentity(certFile: string, keyFile: string): TlsIdentity {
  const [cert, key] = [readPem(certFile), readPem(keyFile)];
  try {
    createSecureContext({ cert, key });
    return { cert, key, certFile, fingerprint: new X509Certificate(cert).fingerprint256 };
  } catch (error) {
    const why = (error as Error).message;
    throw new TlsError(
      `${certFile} and ${keyFile} are no certificate and its private key, in PEM and without a passphrase (${why}).`,
      { cause: error },
    );
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TlsError(`${file} cannot be read (${(error as Error).message}).`, { cause: error });
  }
}
