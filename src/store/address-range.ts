import { BlockList, isIPv4 } from 'node:net';

/**
 * Whether an address lies within one of the ranges.
 *
 * @param address as a socket tells it: an IPv4 one may be written as IPv6, an IPv6 one may name its interface
 * @param ranges addresses, or ranges in CIDR form
 */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const range of ranges) add(list, range);
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return list.check(plain, familyOf(plain));
}

function add(list: BlockList, range: string): void {
  const [network = '', bits] = range.split('/');
  if (bits === undefined) list.addAddress(network, familyOf(network));
  else list.addSubnet(network, Number(bits), familyOf(network));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}
