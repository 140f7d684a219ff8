import { finalResult } from '../../gsm/at/final-result.ts';
import { maskSecrets } from '../modem-error.ts';

/** So many codes are known again; nobody enters more over one port. */
const mostCodes = 8;

/**
 * Keeps PINs and PUKs out of the log, also where the modem gives them back: whole, cut by noise, or late. Until
 * the command that carried one has its final result, no digits pass but those of results.
 */
export class SecretMask {
  #codes: readonly string[] = [];
  #echoPossible = false;

  written(line: string): string {
    const masked = maskSecrets(line);
    if (masked === line) return line;
    this.#echoPossible = true;
    const digits = line.match(/\d{3,}/g) ?? [];
    this.#codes = [...new Set([...this.#codes, ...digits])].slice(-mostCodes);
    return masked;
  }

  arrived(line: string): string {
    if (finalResult(line)) {
      this.#echoPossible = false;
      return line;
    }
    const masked = maskSecrets(line);
    const known = this.#codes.reduce(withoutCode, masked);
    if (masked !== line || !this.#echoPossible) return known;
    return /^[+^][A-Z]+: /.test(line) ? known.replace(/\d{3,}/g, '****') : known.replace(/\d/g, '*');
  }
}

/** As a number of its own: digits in a longer one are no code, and hiding them there would tell it. */
function withoutCode(line: string, code: string): string {
  return line.replace(new RegExp(`(?<!\\d)${code}(?!\\d)`, 'g'), '****');
}
