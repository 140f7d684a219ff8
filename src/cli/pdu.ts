import { createInterface } from 'node:readline';
import { styleText } from 'node:util';
import { Command, Option } from 'commander';
import { z } from 'zod';
import {
  DecodeError,
  type DecodeOptions,
  decodePdu,
  EncodeError,
  encodeMessage,
  type MessageFields,
  type Span,
} from '../gsm/pdu/index.ts';

/** `postern pdu decode | encode | explain`: the codec by itself, for a look at a PDU and for other programs. */
export function pduCommand(): Command {
  const pdu = new Command('pdu').description('decode, encode and explain PDUs');
  pdu
    .command('decode')
    .description('decode a PDU, or with --json one request a line from standard input')
    .argument('[hex]', 'the PDU, as AT+CMGR shows it')
    .option('--json', 'read {"pdu", "hasSmsc", "direction", "mode", ...} a line, answer a line')
    .addOption(directionOption())
    .addOption(modeOption())
    .option('--smsc', 'the PDU begins with the SMSC part (told by itself if left out)')
    .option('--no-smsc', 'the PDU has no SMSC part')
    .action((hex: string | undefined, options: DecodeFlags, command: Command) => {
      if (options.json) return answerLines(answerDecode);
      print(JSON.stringify(decodeArgument(hex, options, command), undefined, 2));
      return undefined;
    });
  pdu
    .command('encode')
    .description('encode a message as SMS-SUBMIT, or with --json one request a line from standard input')
    .option('--json', 'read {"to", "text", "alphabet", "statusReport", ...} a line, answer a line')
    .option('--to <number>', 'the recipient')
    .option('--text <text>', 'the text')
    .action((options: { json?: true; to?: string; text?: string }, command: Command) => {
      if (options.json) return answerLines(answerEncode);
      printEncoded(options, command);
      return undefined;
    });
  pdu
    .command('explain')
    .description('show which octets and bits of a PDU are which field')
    .argument('<hex>', 'the PDU, as AT+CMGR shows it')
    .addOption(directionOption())
    .option('--smsc', 'the PDU begins with the SMSC part (told by itself if left out)')
    .option('--no-smsc', 'the PDU has no SMSC part')
    .action((hex: string, options: DecodeFlags, command: Command) => printExplained(hex, options, command));
  return pdu;
}

interface DecodeFlags {
  readonly json?: true;
  readonly direction?: 'MO' | 'MT';
  readonly mode?: 'strict' | 'lenient';
  readonly smsc?: boolean;
}

function directionOption(): Option {
  return new Option(
    '--direction <direction>',
    'MT to the mobile, MO from it; as in a message store if left out',
  ).choices(['MT', 'MO']);
}

function modeOption(): Option {
  return new Option('--mode <mode>', 'strict refuses what lenient only remarks on')
    .choices(['strict', 'lenient'])
    .default('lenient');
}

const decodeRequest = z.object({
  pdu: z.string(),
  hasSmsc: z.boolean().nullish(),
  direction: z.enum(['MO', 'MT']).nullish(),
  mode: z.enum(['strict', 'lenient']).nullish(),
  tpduLength: z.number().nullish(),
  spans: z.boolean().nullish(),
  overrideLocking: z.number().nullish(),
  overrideSingle: z.number().nullish(),
});

const encodeRequest = z.object({
  to: z.string(),
  text: z.string(),
  alphabet: z.enum(['auto', 'gsm7', 'ucs2']).nullish(),
  statusReport: z.boolean().nullish(),
  validityMinutes: z.number().nullish(),
  flash: z.boolean().nullish(),
  ref: z.number().nullish(),
  refBits: z.union([z.literal(8), z.literal(16)]).nullish(),
  smsc: z.string().nullish(),
  rejectDuplicates: z.boolean().nullish(),
  replyPath: z.boolean().nullish(),
  nationalTables: z.array(z.number()).nullish(),
  transliterate: z.boolean().nullish(),
  maxSegments: z.number().nullish(),
});

type Answer = { readonly ok: boolean } & Readonly<Record<string, unknown>>;

/** `null` in a request stands for a key left out. */
function given(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

function answerDecode(request: unknown): Answer {
  const { pdu, ...options } = decodeRequest.parse(request);
  return { ok: true, decoded: decodePdu(pdu, { ...(given(options) as DecodeOptions), units: true }) };
}

function answerEncode(request: unknown): Answer {
  const fields = { ref: 0, ...given(encodeRequest.parse(request)) } as MessageFields;
  const { alphabet, segments } = encodeMessage(fields);
  return { ok: true, segments: segments.map(({ pdu, tpduLength }) => ({ pdu, tpduLength })), alphabet };
}

/** What is wrong with a request, in the shape of an answer; anything unexpected goes on as it is. */
function refusal(error: unknown): Answer {
  if (error instanceof DecodeError) return refused(error.field, error.offset, error.message);
  if (error instanceof EncodeError) return refused(error.field, error.index, error.message);
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return refused(issue?.path.join('.') || 'request', 0, issue?.message ?? 'The request is not understood');
  }
  if (error instanceof SyntaxError) return refused('request', 0, `The line is not JSON: ${error.message}`);
  throw error;
}

function refused(field: string, offset: number, message: string): Answer {
  return { ok: false, error: { field, offset, message } };
}

/** Answers each line of standard input with one line, in order. */
async function answerLines(answer: (request: unknown) => Answer): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') print(JSON.stringify(answerLine(line, answer)));
  }
}

function answerLine(line: string, answer: (request: unknown) => Answer): Answer {
  try {
    return answer(JSON.parse(line));
  } catch (error) {
    return refusal(error);
  }
}

function decodeArgument(hex: string | undefined, flags: DecodeFlags, command: Command, spans = false) {
  if (hex === undefined) return command.error('error: give a PDU, or --json and requests on standard input');
  const { direction, mode, smsc } = flags;
  try {
    return decodePdu(hex.trim(), given({ direction, mode, hasSmsc: smsc, spans }) as DecodeOptions);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return command.error(`error: ${error.message} (${error.field}, octet ${error.offset})`);
  }
}

function printEncoded(options: { to?: string; text?: string }, command: Command): void {
  const { to, text } = options;
  if (to === undefined || text === undefined) return command.error('error: give --to and --text, or --json');
  try {
    const { segments } = encodeMessage({ to, text, ref: 0 });
    for (const { pdu, tpduLength } of segments) print(`AT+CMGS=${tpduLength}\n${pdu}`);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    command.error(`error: ${error.message}`);
  }
}

function printExplained(hex: string, flags: DecodeFlags, command: Command): void {
  const { spans = [], problems } = decodeArgument(hex, flags, command, true);
  const rows = spans.map((span) => [
    place(span),
    shortened(span.hex, 16),
    span.field,
    shortened(span.value, 40),
    span.meaning,
  ]);
  const table = [['OCTETS', 'HEX', 'FIELD', 'VALUE', 'MEANING'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length))) ?? [];
  table.forEach((row, index) => {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    print(index === 0 ? line.trimEnd() : coloured(line.trimEnd(), index));
  });
  for (const { field, offset, message } of problems) print(`! octet ${offset}, ${field}: ${message}`);
}

/** `8`, `8-15`, or with bits `8.7` and `8.4-3`. */
function place({ start, end, bits }: Span): string {
  if (bits === undefined) return end - start === 1 ? String(start) : `${start}-${end - 1}`;
  return bits.high === bits.low ? `${start}.${bits.high}` : `${start}.${bits.high}-${bits.low}`;
}

/** A text may hold anything; control characters in it must not reach the terminal. */
function shortened(text: string, length: number): string {
  const printable = text.replace(/\p{C}/gu, '\u{FFFD}');
  return printable.length > length ? `${printable.slice(0, length - 1)}…` : printable;
}

const colours = ['cyan', 'yellow', 'green', 'magenta'] as const;

/** Neighbours differ in colour, on a terminal that has any. */
function coloured(line: string, index: number): string {
  return styleText(colours[index % colours.length] ?? 'cyan', line, { stream: process.stdout });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
