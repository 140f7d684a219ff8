/** Measures one library, named as argument, on the whole corpus; prints JSON. `comparison.ts` starts it, a process a library. */
import { decodePdu } from '../../src/gsm/pdu/index.ts';
import { type Codec, codecs } from './codecs.ts';
import { corpus, type Sample } from './corpus.ts';

/** Microseconds of a run; `null` where the library gets it wrong. */
export interface Figures {
  readonly encode: number | null;
  readonly decode: number | null;
}

const warmUpMs = 400;
const measureMs = 400;
const runsAtOnce = 200;

/** Keeps results alive, so that the work is not optimised away. */
let sink = 0;

function runFor(milliseconds: number, work: () => number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    const start = performance.now();
    for (let i = 0; i < runsAtOnce; i++) sink += work();
    best = Math.min(best, (performance.now() - start) / runsAtOnce);
  }
  return 1000 * best;
}

function microseconds(work: () => number): number {
  runFor(warmUpMs, work);
  return runFor(measureMs, work);
}

/** Whether the PDUs of a library say what they should. */
function encodes(codec: Codec, { text, alphabet }: Sample): boolean {
  try {
    const parts = codec
      .encode(text, alphabet)
      .map((pdu) => decodePdu(pdu, { direction: 'MO', hasSmsc: true, mode: 'strict' }));
    return parts.map((part) => ('text' in part ? part.text : '')).join('') === text;
  } catch {
    return false;
  }
}

function decodes(codec: Codec, { text, delivers }: Sample): boolean {
  try {
    return codec.decode(delivers) === text;
  } catch {
    return false;
  }
}

function figuresOf(codec: Codec, sample: Sample): Figures {
  const { text, alphabet, delivers } = sample;
  return {
    encode: encodes(codec, sample) ? microseconds(() => codec.encode(text, alphabet).length) : null,
    decode: decodes(codec, sample) ? microseconds(() => codec.decode(delivers).length) : null,
  };
}

const make = codecs[process.argv[2] ?? ''];
if (make === undefined) throw new Error(`Name one of ${Object.keys(codecs).join(', ')}`);
const codec = make();
process.stdout.write(JSON.stringify(corpus.map((sample) => figuresOf(codec, sample))));
process.exitCode = sink === 0 ? 1 : 0;
