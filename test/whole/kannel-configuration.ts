import type { SmppAccount } from './smpp-account.ts';

/** A gateway as Kannel sees it. */
export interface MessageCentre {
  readonly port: number;
  readonly account: SmppAccount;
}

/** The ports that Kannel listens on. */
export interface KannelPorts {
  readonly admin: number;
  readonly box: number;
  readonly send: number;
}

/** One Kannel before several gateways: texts are shared among those that are bound. */
export function kannelConfiguration(
  ports: KannelPorts,
  centres: readonly MessageCentre[],
  /** Called for each text that comes in. */
  receivedUrl: string,
): string {
  return `
group = core
admin-port = ${ports.admin}
admin-interface = 127.0.0.1
admin-password = secret
smsbox-port = ${ports.box}
smsbox-interface = 127.0.0.1
dlr-storage = internal
log-level = 3
${centres.map(smsc).join('')}
group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${ports.send}
sendsms-interface = 127.0.0.1
log-level = 3

group = sendsms-user
username = tester
password = secret

group = sms-service
keyword = default
get-url = "${receivedUrl}"
max-messages = 0
`;
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
