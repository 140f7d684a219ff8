import { finalResult } from '../../gsm/at/final-result.ts';
import type { BodySpan } from './log-line.ts';

/** Behind these stands a text or its PDU, on the next line or on the same. */
const header = /^\+(?:CMT|CDS|CBM|CMGL|CMGR):/;
/** What a text is not taken for: results, headers and news of the modem. */
const known = /^(?:[+^*#%$!&][A-Z]|RING$|RDY$|AT[+^*#%$!&]|[A-Z ]+ERROR)/;
/** Lines that come in the middle of a quotation and are no part of it. */
const news = /^[+^][A-Z]+(?: ERROR)?:/;
const ussdCommand = /^AT\+CUSD=/i;
/** As long as the shortest PDU with a text in it; identities in hex are shorter. */
const longHex = /[0-9A-Fa-f]{24,}/;
const hexOnly = /^(?:>\s*)?[0-9A-Fa-f]+(?:<ctrl-Z>)?$/;

/** Finds where texts stand in what passes between gateway and modem, so that they can be hidden. */
export class BodyFinder {
  /** A PDU was written, and its result has not come: its echo may, cut anywhere. */
  #echoPossible = false;
  /** A header came: what follows is a text until something known comes. */
  #follows = false;
  /** A USSD answer goes on over several lines. */
  #quoted = false;

  written(line: string): BodySpan | undefined {
    this.#follows = false;
    this.#quoted = false;
    if (line.endsWith('<ctrl-Z>')) {
      this.#echoPossible = true;
      return [0, line.length - '<ctrl-Z>'.length];
    }
    return ussdCommand.test(line) ? quotedSpan(line) : hexSpan(line);
  }

  arrived(line: string): BodySpan | undefined {
    if (finalResult(line)) {
      this.#echoPossible = false;
      this.#follows = false;
      return undefined;
    }
    if (line.startsWith('+CUSD:')) return this.#ussd(line);
    if (this.#quoted && !news.test(line)) return this.#inQuotation(line);
    if (ussdCommand.test(line)) return quotedSpan(line);
    if (header.test(line)) this.#follows = true;
    else if (this.#isText(line)) return [0, line.length];
    return hexSpan(line);
  }

  #isText(line: string): boolean {
    return (this.#echoPossible && hexOnly.test(line)) || (this.#follows && !known.test(line));
  }

  #ussd(line: string): BodySpan | undefined {
    this.#quoted = turnsQuotation(line);
    return this.#quoted ? [line.indexOf('"') + 1, line.length] : quotedSpan(line);
  }

  #inQuotation(line: string): BodySpan {
    const ends = turnsQuotation(line);
    this.#quoted = !ends;
    return [0, ends ? line.lastIndexOf('"') : line.length];
  }
}

/** Whether an odd number of quotes stands in a line, as the line cutter counts them. */
function turnsQuotation(line: string): boolean {
  return line.split('"').length % 2 === 0;
}

function quotedSpan(line: string): BodySpan | undefined {
  const start = line.indexOf('"') + 1;
  const end = line.lastIndexOf('"');
  return start > 0 && end > start ? [start, end] : undefined;
}

function hexSpan(line: string): BodySpan | undefined {
  const found = longHex.exec(line);
  return found ? [found.index, found.index + found[0].length] : undefined;
}
