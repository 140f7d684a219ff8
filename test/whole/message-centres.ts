import type { SmppAccount } from './smpp-account.ts';

/** A gateway as Kannel sees it. */
export interface MessageCentre {
  readonly port: number;
  readonly account: SmppAccount;
}

/** One Kannel before several gateways: texts are shared among those that are bound. */
export function messageCentres(centres: readonly MessageCentre[]): string {
  return centres.map(smsc).join('');
}

function smsc({ port, account: { systemId, password } }: MessageCentre, index: number): string {
  return `
group = smsc
smsc = smpp
smsc-id = postern-${index + 1}
host = 127.0.0.1
port = ${port}
transceiver-mode = true
smsc-username = ${systemId}
smsc-password = ${password}
system-type = ""
interface-version = 34
enquire-link-interval = 10
reconnect-delay = 1
source-addr-autodetect = true
`;
}
