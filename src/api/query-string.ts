import { isUtf8 } from 'node:buffer';
import { type ParsedUrlQuery, parse } from 'node:querystring';

const windows1252 = new TextDecoder('windows-1252');

/**
 * The parameters of an address, each by its name; a list where one is there more than once. Percent-encoded octets are
 * UTF-8 or, where they cannot be that, Windows-1252, in which older devices write: their umlauts are not to become signs
 * of a text that cannot be read.
 */
export function readQueryString(text: string): ParsedUrlQuery {
  return parse(text, '&', '=', { decodeURIComponent: readComponent });
}

function readComponent(text: string): string {
  if (!text.includes('%')) return text;
  const unescaped = text.replaceAll(/%([0-9a-f]{2})/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const octets = Buffer.from(unescaped, 'latin1');
  return isUtf8(octets) ? octets.toString() : windows1252.decode(octets);
}
