/**
 * A host with nothing but serialport: no database, no queue, no judgement of what it reads. What it takes is what
 * the terminal, the library and the modem take by themselves.
 */
import { SerialPort } from 'serialport';
import { encodeMessage } from '../../src/gsm/pdu/index.ts';
import { optionsOf, report } from '../child.ts';
import { instantMs } from '../stopwatch.ts';

export interface BareHostOptions {
  readonly path: string;
  /** Texts to send, and where to; or arrivals to read. */
  readonly send?: { readonly texts: number; readonly to: string };
}

export type BareHostReport =
  | { readonly type: 'listening' }
  /** A text that had arrived is in hand. */
  | { readonly type: 'read'; readonly at: number };

const { path, send } = optionsOf<BareHostOptions>();
const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
let heard = '';
let awaited: { readonly end: RegExp; readonly resolve: (answer: string) => void } | undefined;

/** Places told of, in order: on a busy machine the next text comes before the one before is deleted. */
const arrived: string[] = [];
let noticed: (() => void) | undefined;

port.on('data', (octets: Buffer) => {
  heard += octets.toString('latin1');
  if (!send) takeNotices();
  const end = awaited?.end.exec(heard);
  if (!end) return;
  const answer = heard.slice(0, end.index + end[0].length);
  heard = heard.slice(answer.length);
  awaited?.resolve(answer);
});

function until(end: RegExp): Promise<string> {
  return new Promise((resolve) => {
    awaited = { end, resolve };
  });
}

function exchange(octets: string, end = /\r\n(?:OK|[^\r\n]*ERROR[^\r\n]*)\r\n/): Promise<string> {
  const answer = until(end);
  port.write(Buffer.from(octets, 'latin1'));
  return answer;
}

async function sendAll(texts: number, to: string): Promise<void> {
  for (let place = 1; place <= texts; place++) {
    const text = `Text ${place} of the benchmark, one segment long.`;
    const [segment] = encodeMessage({
      to,
      text,
      ref: 0,
      statusReport: true,
      validityMinutes: 4_320,
    }).segments;
    if (!segment) throw new Error('The text has no segment.');
    await exchange(`AT+CMGS=${segment.tpduLength}\r`, /> $/);
    await exchange(`${segment.pdu}\x1a`);
  }
}

function takeNotices(): void {
  heard = heard.replace(/\r\n\+CMTI: "\w+",(\d+)\r\n/g, (_, index: string) => {
    arrived.push(index);
    return '';
  });
  if (arrived.length > 0) noticed?.();
}

async function nextArrival(): Promise<string> {
  const [first] = arrived.splice(0, 1);
  if (first !== undefined) return first;
  await new Promise<void>((resolve) => {
    noticed = resolve;
  });
  return nextArrival();
}

async function readAll(): Promise<never> {
  report({ type: 'listening' });
  for (;;) {
    const index = await nextArrival();
    await exchange(`AT+CMGR=${index}\r`);
    report({ type: 'read', at: instantMs() });
    await exchange(`AT+CMGD=${index}\r`);
  }
}

port.open(async (error) => {
  if (error) throw error;
  for (const command of ['ATE0', 'AT+CMGF=0', 'AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,1,0']) {
    await exchange(`${command}\r`);
  }
  if (send) await sendAll(send.texts, send.to);
  else await readAll();
});
