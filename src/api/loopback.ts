import { isIP } from 'node:net';

/** An address as it is compared: an IPv4 one that is written as IPv6 (`::ffff:127.0.0.1`) as IPv4. */
export function plainAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
}

/** Whether this is an address of the machine itself: 127.0.0.0/8 or ::1. */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}
