import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
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
  /** From when and until when clients take it, in milliseconds. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** A certificate cannot be used; the message says why and what to do. */
export class TlsError extends Error {
  readonly code = 'tls_error';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TlsError';
  }
}

/** How long before its end a certificate is warned of. */
const warnedBeforeMs = 14 * 24 * 3_600_000;

/** The certificate and key in two PEM files. Throws a `TlsError` when they are missing, no PEM, or not of one another. */
export function readIdentity(certFile: string, keyFile: string): TlsIdentity {
  const [cert, key] = [readPem(certFile), readPem(keyFile)];
  const certificate = parseCertificate(cert, certFile);
  if (!certificate.checkPrivateKey(parseKey(key, keyFile))) {
    throw new TlsError(`The key in ${keyFile} is not the one of the certificate in ${certFile}.`);
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const why = (error as Error).message;
    throw new TlsError(`${certFile} and ${keyFile} cannot be used for HTTPS (${why}).`, { cause: error });
  }
  return {
    cert,
    key,
    certFile,
    fingerprint: certificate.fingerprint256,
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  };
}

/**
 * What a person should know of a certificate's age, in a sentence. One that has ended is served all the same: texts go
 * out and come in whether or not clients still trust it.
 */
export function ageWarning(
  { certFile, validFrom, validTo }: Pick<TlsIdentity, 'certFile' | 'validFrom' | 'validTo'>,
  now: number,
): string | undefined {
  const replace = `Put a new one into ${certFile} and start Postern again.`;
  if (now < validFrom) {
    return `The certificate is not valid before ${day(validFrom)}: clients refuse it until then. Is the clock of this machine right?`;
  }
  if (now > validTo) return `The certificate has ended on ${day(validTo)}: clients refuse it. ${replace}`;
  if (validTo - now < warnedBeforeMs) return `The certificate ends on ${day(validTo)}. ${replace}`;
  return undefined;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function parseCertificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new TlsError(
      `${file} holds no certificate in PEM, which begins with "-----BEGIN CERTIFICATE-----".`,
      { cause: error },
    );
  }
}

function parseKey(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MISSING_PASSPHRASE' || pem.includes('ENCRYPTED')) {
      throw new TlsError(
        `The key in ${file} is locked with a passphrase. Take it off with "openssl pkey -in ${file} -out NEW" and name the new file.`,
        { cause: error },
      );
    }
    throw new TlsError(
      `${file} holds no private key in PEM, which begins with "-----BEGIN PRIVATE KEY-----".`,
      { cause: error },
    );
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TlsError(`${file} cannot be read: ${whyUnread(error as NodeJS.ErrnoException)}.`, {
      cause: error,
    });
  }
}

function whyUnread({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
      return 'this user may not read it';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return message;
  }
}
