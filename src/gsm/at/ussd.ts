import { action, type Command, query } from './commands.ts';
import { parameters } from './parameters.ts';

/** +CUSD as it came, TS 27.007 7.15: `text` stands there as it was written, in whatever coding. */
export interface UssdResult {
  /** 0 done, 1 the network wants an answer, 2 ended by it, 3 answered elsewhere, 4 not supported, 5 timed out. */
  readonly status: number;
  readonly text: string | undefined;
  readonly dcs: number | undefined;
}

/** `+CUSD: m[,"str"[,dcs]]`; a quote within the string belongs to it. Undefined where no status stands. */
export function ussdResultOf(line: string): UssdResult | undefined {
  const [, status, rest = ''] = /^\+CUSD:\s*(\d{1,2})\s*(?:,([\s\S]*))?$/.exec(line) ?? [];
  if (status === undefined) return undefined;
  const quoted = /^\s*"([\s\S]*)"\s*(?:,\s*(\d{1,3}))?\s*,?\s*$/.exec(rest);
  const bare = quoted ?? /^\s*([^,"]*?)\s*(?:,\s*(\d{1,3}))?\s*$/.exec(rest);
  const text = bare?.[1] ?? rest.replace(/^\s*"/, '');
  const dcs = bare?.[2] === undefined ? undefined : Number(bare[2]);
  return { status: Number(status), text: text === '' && !quoted ? undefined : text, dcs };
}

/** Some modems say OK only when the network has answered. */
const acceptedWithinMs = 30_000;

/**
 * Hands a string to the network; the answer comes later, as +CUSD.
 *
 * @param written as the modem wants it: in its character set, or packed in hex
 * @param dcs left out for modems that know no coding
 */
export const requestUssd = (written: string, dcs: number | undefined): Command<void> =>
  action(`AT+CUSD=1,"${written}"${dcs === undefined ? '' : `,${dcs}`}`, acceptedWithinMs);

/** Ends the dialogue with the network. */
export const cancelUssd = action('AT+CUSD=2', 10_000);

/** The character set of strings, TS 27.007 5.5, in capitals. */
export const readCharacterSet: Command<string | undefined> = {
  ...query('AT+CSCS?', ['+CSCS:']),
  parse: (lines) => parameters(lines.at(-1) ?? '')[0]?.toUpperCase(),
};
