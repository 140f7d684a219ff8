import { BlockList, isIP, isIPv4 } from 'node:net';

const never = new BlockList();
/** This network, link-local (cloud machines tell their secrets at 169.254.169.254), multicast, reserved, broadcast. */
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  never.addSubnet(net, prefix, 'ipv4');
}
/** The same in IPv6; and IPv4 link-local as NAT64 (RFC 6052), 6to4 (RFC 3056) and the deprecated form write it. */
for (const [net, prefix] of [
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['64:ff9b::a9fe:0', 112],
  ['64:ff9b:1::', 48],
  ['2002:a9fe::', 32],
  ['::a9fe:0', 112],
] as const) {
  never.addSubnet(net, prefix, 'ipv6');
}
/** Where clouds keep their metadata outside link-local: Alibaba, Oracle, Azure; Amazon and Google in IPv6. */
for (const address of ['100.100.100.200', '192.0.0.192', '168.63.129.16']) never.addAddress(address, 'ipv4');
for (const address of ['fd00:ec2::254', 'fd20:ce::254']) never.addAddress(address, 'ipv6');

/** This machine, private networks (RFC 1918, RFC 4193) and what carriers and VPNs share (RFC 6598). */
const near = new BlockList();
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  near.addSubnet(net, prefix, 'ipv4');
}
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

/**
 * Why nothing is sent to an address, in a sentence; undefined when it may be. `http` is only for this machine and
 * private networks, and link-local and metadata addresses are for nobody.
 */
export function addressFault(address: string, protocol: string): string | undefined {
  const plain = withoutMapping(address);
  if (isIP(plain) === 0) return `${address} is not an address.`;
  const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
  if (never.check(plain, family)) return `Nothing is sent to ${address}: it is no address of a receiver.`;
  if (protocol === 'http:' && !near.check(plain, family)) {
    return `${address} is a public address: there it must be https.`;
  }
  return undefined;
}

/** An IPv4 address that is written as IPv6 (`::ffff:10.0.0.1`, `::ffff:a00:1`) is one of IPv4. */
function withoutMapping(address: string): string {
  const bare = (address.split('%')[0] ?? '').toLowerCase();
  const tail = /^::ffff:(.+)$/.exec(bare)?.[1];
  if (tail === undefined) return bare;
  if (isIPv4(tail)) return tail;
  const [high, low] = tail.split(':').map((group) => Number.parseInt(group, 16));
  if (high === undefined || low === undefined) return bare;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
