import { hostname } from 'node:os';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { selfMadeIdentity } from '../tls/self-made-certificate.ts';
import { ageWarning, readIdentity, type TlsIdentity } from '../tls/tls-identity.ts';

const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** What the gateway shows over HTTPS and to SMPP clients: the certificate that it is given, or one that it makes for itself. */
export async function tlsIdentityOf(config: Config): Promise<TlsIdentity> {
  const { httpsCert, httpsKey } = config;
  if (httpsCert !== undefined && httpsKey !== undefined) return readIdentity(httpsCert, httpsKey);
  const hosts = config.smppTls ? [config.host, config.smppHost] : [config.host];
  const own = hosts.filter((host) => !everyAddress.has(host));
  const names = ['localhost', '127.0.0.1', '::1', hostname(), ...own, ...config.allowHosts];
  return selfMadeIdentity(config.dataDir, [...new Set(names)], systemClock);
}

/** What the administrator is told of the certificate at the start. */
export function certificateLines(tls: TlsIdentity): string {
  const warning = ageWarning(tls, systemClock.now());
  return `Certificate: SHA-256 ${tls.fingerprint}\n${warning === undefined ? '' : `${warning}\n`}`;
}
