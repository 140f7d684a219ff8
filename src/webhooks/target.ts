import { isIP } from 'node:net';
import { addressFault } from './address-rule.ts';
import type { Resolve } from './http-post.ts';

/** The host of an address as `node:net` takes it: an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * What is wrong with an address that events are to be sent to; undefined when it can be kept. Whether a name behind
 * `http` leads to this machine or a private network is asked here for the first time, and at every delivery again.
 */
export async function targetFault(text: string, resolve: Resolve): Promise<string | undefined> {
  if (!URL.canParse(text)) return 'must be an address such as https://example.com/hook';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https:// or http://';
  if (url.username !== '' || url.password !== '') {
    return 'must not contain a user or password; the signature proves who sends';
  }
  const host = hostOf(url);
  if (isIP(host) !== 0) return addressFault(host, url.protocol);
  return url.protocol === 'http:' ? nameFault(host, resolve) : undefined;
}

async function nameFault(name: string, resolve: Resolve): Promise<string | undefined> {
  try {
    const addresses = await resolve(name);
    return addresses
      .map(({ address }) => addressFault(address, 'http:'))
      .find((fault) => fault !== undefined);
  } catch {
    return `must be https: nobody knows whether ${name} is on a private network, as the name is not found`;
  }
}
