import { type Command, query } from './commands.ts';
import { decimal, parameters } from './parameters.ts';

/** How many more times a code may be entered wrongly; undefined where the modem does not say. */
export interface CodeTries {
  readonly pin: number | undefined;
  readonly puk: number | undefined;
}

/** Makers that count only one code count the one that the SIM asks for at the moment. */
export type CodeTriesWay = Command<CodeTries | undefined>;

/** The standard's way, TS 27.007 8.65: a line for each code. */
export const readCodeTries: CodeTriesWay = {
  ...query('AT+CPINR', ['+CPINR:']),
  parse: (lines) => {
    const pin = triesIn(lines, 'SIM PIN');
    const puk = triesIn(lines, 'SIM PUK');
    return pin === undefined && puk === undefined ? undefined : { pin, puk };
  },
};

/** A maker's own way: all counts on one line, those of PIN and PUK at these places. */
export function codeTriesBy(text: string, prefix: string, pinAt: number, pukAt?: number): CodeTriesWay {
  return {
    ...query(text, [prefix]),
    parse: ([line = '']) => {
      const values = parameters(line);
      const pin = decimal(values[pinAt]);
      const puk = pukAt === undefined ? undefined : decimal(values[pukAt]);
      return pin === undefined && puk === undefined ? undefined : { pin, puk };
    },
  };
}

/** A maker's own way that counts the code that is asked for. No PUK left is not believed: some count only the PIN. */
export function askedTriesBy(text: string, prefix: string): CodeTriesWay {
  return {
    ...query(text, [prefix]),
    parse: ([line = '']) => {
      const tries = decimal(parameters(line)[0]);
      return tries === undefined ? undefined : { pin: tries, puk: tries || undefined };
    },
  };
}

/** PIN 1, PIN 2, PUK 1, PUK 2, as SIM800 modules put them behind the name. */
export const byPinPairs = codeTriesBy('AT+SPIC', '+SPIC:', 0, 2);
/** PIN 1, PUK 1, PIN 2, PUK 2, as SIMCom's later modules put them behind the same name. */
export const byCodePairs = codeTriesBy('AT+SPIC', '+SPIC:', 0, 1);
/** Whose module it is cannot be told from the answer: only the first count is the same in both. */
const byEitherPairs = codeTriesBy('AT+SPIC', '+SPIC:', 0);

/** Huawei: the state, the tries of what it asks for, then PUK, PIN, PUK 2, PIN 2. */
export const byHuaweiState = codeTriesBy('AT^CPIN?', '^CPIN:', 3, 2);
/** Quectel. */
export const byQuectelCounter = codeTriesBy('AT+QPINC="SC"', '+QPINC:', 1, 2);
/** Wavecom and Sierra: PIN, PIN 2, PUK, PUK 2. */
export const byWavecomCounter = codeTriesBy('AT+CPINC?', '+CPINC:', 0, 2);
/** u-blox: PIN, PIN 2, PUK, PUK 2. */
export const byUbloxCounter = codeTriesBy('AT+UPINCNT', '+UPINCNT:', 0, 2);
/** ZTE. */
export const byZteCounter = codeTriesBy('AT+ZPINPUK=?', '+ZPINPUK:', 0, 1);
/** Telit. */
export const byTelitCounter = askedTriesBy('AT#PCT', '#PCT:');
/** Cinterion. */
export const byCinterionCounter = askedTriesBy('AT^SPIC', '^SPIC:');

/** Every way there is, the standard's first: for modems of no known family. */
export const codeTriesWays: readonly CodeTriesWay[] = [
  readCodeTries,
  byHuaweiState,
  byQuectelCounter,
  byEitherPairs,
  byWavecomCounter,
  byUbloxCounter,
  byZteCounter,
  byTelitCounter,
  byCinterionCounter,
];

function triesIn(lines: readonly string[], code: string): number | undefined {
  const line = lines.find((candidate) => parameters(candidate)[0] === code);
  return line === undefined ? undefined : decimal(parameters(line)[1]);
}
