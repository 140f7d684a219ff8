import { type Clock, delay } from '../../clock.ts';
import { type OpenTransport, type Transport, TransportError } from '../transport.ts';
import { judgeOctets, type OctetJudgement } from './octet-judgement.ts';
import { PortEar } from './port-ear.ts';

/**
 * What became of knocking at a port.
 *
 * - `modem`: it takes AT commands; the IMEI where it told one
 * - `no-phone`: it takes AT commands and is no mobile modem
 * - `position`, `binary`: it speaks something else, and is let go
 * - `silent`: nothing that can be understood came in time
 * - `refused`: it could not be opened
 */
export type ProbeResult =
  | { readonly kind: 'modem'; readonly imei: string | undefined }
  | { readonly kind: 'no-phone' | 'silent' | Exclude<OctetJudgement, 'at'> }
  | { readonly kind: 'refused'; readonly error: TransportError };

/** A UART is opened at the rate that is answered, which takes up to three seconds. */
const openMs = 10_000;
/** How long a port is held at most. */
const probeMs = 3_000;
const escapeMs = 300;
const tryMs = 450;
/** Full words instead of digits or silence, where another program left a modem without them (V.250 6.2.5, 6.2.6). */
const wakeUp = ['AT\r', 'AT\r', 'ATQ0V1\r', 'AT\r', 'AT\r'];

/**
 * Knocks at a port and lets it go again: ESC for a prompt that was left behind, then AT. Nothing is changed in a modem
 * but that it answers in words.
 *
 * @param open how the port is opened; at which rate is its own matter
 * @param sure whether the device is known as a modem, so that taking AT is enough
 */
export async function probe(
  path: string,
  open: OpenTransport,
  options: { readonly clock: Clock; readonly baudRate: number; readonly sure: boolean },
): Promise<ProbeResult> {
  let transport: Transport;
  try {
    transport = await openWithin(openMs, path, open, options);
  } catch (error) {
    if (error instanceof TransportError) return { kind: 'refused', error };
    throw error;
  }
  const ear = new PortEar(transport, options.clock);
  ear.start();
  try {
    return await converse(ear, options.clock, options.sure);
  } finally {
    ear.stop();
    await transport.close();
  }
}

/** A driver that hangs must not keep others from their turn; what it opens in the end is closed. */
async function openWithin(
  limitMs: number,
  path: string,
  open: OpenTransport,
  { clock, baudRate }: { readonly clock: Clock; readonly baudRate: number },
): Promise<Transport> {
  const patience = new AbortController();
  const opening = open(path, { baudRate });
  try {
    const late = delay(clock, limitMs, patience.signal).then(() => undefined);
    const transport = await Promise.race([opening, late]);
    if (transport) return transport;
  } finally {
    patience.abort();
  }
  void opening.then(
    (transport) => transport.close(),
    () => undefined,
  );
  throw new TransportError('failed', `${path} does not open.`);
}

async function converse(ear: PortEar, clock: Clock, sure: boolean): Promise<ProbeResult> {
  const end = clock.monotonic() + probeMs;
  const judgement = await knock(ear);
  if (judgement !== 'at') return { kind: judgement ?? 'silent' };
  const left = () => Math.max(0, Math.min(1_000, end - clock.monotonic()));
  const imei = await ear.ask('AT+CGSN\r', imeiIn, left());
  if (sure || imei) return { kind: 'modem', imei: imei || undefined };
  const hasCard = await ear.ask('AT+CPIN?\r', cardStateIn, left());
  if (hasCard === undefined) return { kind: 'silent' };
  return hasCard ? { kind: 'modem', imei: undefined } : { kind: 'no-phone' };
}

async function knock(ear: PortEar): Promise<OctetJudgement | undefined> {
  const early = await ear.ask('\x1b\r', (heard) => other(judgeOctets(heard)), escapeMs);
  if (early) return early;
  for (const command of wakeUp) {
    const judgement = await ear.ask(command, judgeOctets, tryMs);
    if (judgement || ear.closed) return judgement;
  }
  return undefined;
}

/** An answer to ESC may belong to a command of before: it is no proof. */
function other(judgement: OctetJudgement | undefined): OctetJudgement | undefined {
  return judgement === 'at' ? undefined : judgement;
}

/** 14 to 17 digits by themselves (TS 27.007 5.4); empty where the answer is over and has none. */
function imeiIn(heard: string): string | undefined {
  if (judgeOctets(heard) !== 'at') return undefined;
  return /(?<!\d)\d{14,17}(?!\d)/.exec(heard)?.[0] ?? '';
}

/** Whether it knows of a SIM card, present or not (TS 27.007 8.3); what is no mobile modem does not know the command. */
function cardStateIn(heard: string): boolean | undefined {
  if (/\+CPIN:|\+CME ERROR:/.test(heard)) return true;
  return judgeOctets(heard) === 'at' ? false : undefined;
}
