import { createInterface } from 'node:readline';
import { z } from 'zod';
import {
  DecodeError,
  type DecodeOptions,
  decodePdu,
  EncodeError,
  encodeMessage,
  type MessageFields,
} from '../gsm/pdu/index.ts';

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
export function given(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Answers `{"pdu", "hasSmsc", "direction", "mode", ...}` with the decoded PDU. */
export function answerDecode(request: unknown): Answer {
  const { pdu, ...options } = decodeRequest.parse(request);
  return { ok: true, decoded: decodePdu(pdu, { ...(given(options) as DecodeOptions), units: true }) };
}

/** Answers `{"to", "text", "alphabet", ...}` with the segments to give a modem. */
export function answerEncode(request: unknown): Answer {
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
export async function answerLines(answer: (request: unknown) => Answer): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answerLine(line, answer))}\n`);
  }
}

function answerLine(line: string, answer: (request: unknown) => Answer): Answer {
  try {
    return answer(JSON.parse(line));
  } catch (error) {
    return refusal(error);
  }
}
