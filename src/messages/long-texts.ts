import type { Clock, Timer } from '../clock.ts';
import { decodePdu, type Part, type ReassembledMessage, reassemble } from '../gsm/pdu/index.ts';
import type { Logger } from '../log.ts';
import type { GroupedPart, NewPart, PartRow } from '../store/inbound-store.ts';
import { type InboundLedger, instant } from './inbound-ledger.ts';
import type { InboundMessages, ReadText } from './inbound-messages.ts';

/** So long after its first part a text is still mended when missing ones come. */
const mendWithinMs = 7 * 24 * 3_600_000;
const lookEveryMs = 600_000;
const mostAtOnce = 100;

/** A part that comes again so soon after its text was complete is a repeat, whatever time the network put on it. */
const repeatWithinMs = 600_000;

interface KeptPart extends Part {
  readonly row: GroupedPart;
  readonly deliver: ReadText;
}

/**
 * Texts in several parts (TS 23.040 9.2.3.24.1): joined when all parts are there, in whatever order they came; handed
 * over with a mark where one is missing after a set time, usually a day; mended when it comes after all.
 */
export class LongTexts {
  readonly #ledger: InboundLedger;
  readonly #messages: InboundMessages;
  readonly #clock: Clock;
  readonly #log: Logger;
  #timer: Timer | undefined;

  constructor(ledger: InboundLedger, messages: InboundMessages, clock: Clock, log: Logger) {
    this.#ledger = ledger;
    this.#messages = messages;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#handOverOld();
    this.#timer = this.#clock.after(lookEveryMs, () => this.start());
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** A part has been written: joins it with the others, inside the caller's transaction. */
  join(part: NewPart): void {
    const kept = this.#kept(part, part.receivedAt - mendWithinMs);
    const newest = kept.findLast(({ row }) => row.message_seq === null);
    if (!newest) return;
    const twin = kept.find((other) => other !== newest && isRepeat(other, newest));
    const known = twin?.row.message_seq;
    if (known && !isAwaited(newest, twin, kept))
      return this.#ledger.inbound.assign([newest.row.part_id], known);
    const open = kept.flatMap((part) => {
      if (part.row.message_complete !== 1) return [part];
      return isSpare(part, newest, kept) ? [released(part)] : [];
    });
    const text = reassemble(open, { gapMs: mendWithinMs }).find((candidate) => holds(candidate, newest));
    if (!text) return;
    const seq = text.parts.find(({ row }) => row.message_seq !== null)?.row.message_seq;
    if (seq !== undefined && seq !== null) this.#mend(seq, text);
    else if (text.state === 'complete') this.#insert(text);
  }

  /** In the order in which they came: of several in one millisecond, only that tells which belong together. */
  #kept(key: Parameters<InboundLedger['inbound']['group']>[0], since: number): KeptPart[] {
    return this.#ledger.inbound.group(key, since).toReversed().map(asPart);
  }

  /** What the disk does not take now is handed over at the next look. */
  #handOverOld(): void {
    try {
      const before = this.#clock.now() - this.#ledger.rules.longTextWaitMs();
      this.#ledger.database.transaction(() => {
        for (const row of this.#ledger.inbound.unfinished(before, mostAtOnce)) this.#handOver(row);
      });
    } catch (error) {
      this.#log.error({ err: error }, 'long texts with parts missing cannot be handed over');
    }
  }

  #handOver(row: PartRow): void {
    const key = {
      simId: row.sim_id,
      sender: row.sender ?? undefined,
      reference: row.reference ?? undefined,
      referenceBits: row.reference_bits ?? undefined,
      total: row.total,
    };
    const kept = this.#kept(key, row.received_at - mendWithinMs);
    const waiting = kept.filter((part) => part.row.message_seq === null);
    const text = reassemble(waiting).find((candidate) =>
      [...candidate.parts, ...candidate.duplicates].some((part) => part.row.part_id === row.part_id),
    );
    if (text) this.#insert(text);
  }

  #insert(text: ReassembledMessage<KeptPart>): void {
    const first = text.parts[0];
    if (!first) return;
    const content = {
      body: text.dataHex ?? text.text,
      segmentCount: text.total,
      complete: text.state === 'complete',
    };
    const seq = this.#messages.insert(first.deliver, content, {
      simId: first.row.sim_id,
      imported: first.row.imported === 1,
      createdAt: this.#clock.now(),
    });
    this.#assign(text, seq);
    this.#messages.announce(seq);
  }

  #mend(seq: number, text: ReassembledMessage<KeptPart>): void {
    this.#ledger.inbound.mend(seq, text.dataHex ?? text.text, text.state === 'complete');
    this.#assign(text, seq);
    this.#messages.announce(seq);
  }

  #assign(text: ReassembledMessage<KeptPart>, seq: number): void {
    this.#ledger.inbound.assign(
      [...text.parts, ...text.duplicates].map(({ row }) => row.part_id),
      seq,
    );
  }
}

function asPart(row: GroupedPart): KeptPart {
  const length = row.tpdu_length === null ? {} : { tpduLength: row.tpdu_length };
  const deliver = decodePdu(row.pdu, {
    direction: 'MT',
    mode: 'lenient',
    units: true,
    ...length,
  }) as ReadText;
  const { text, septetsHex, national, ucs2Hex, dataHex } = deliver;
  return {
    row,
    deliver,
    from: row.sender ?? '',
    ref: row.reference ?? 0,
    bits: row.reference_bits === 16 ? 16 : 8,
    total: row.total,
    seq: row.position,
    receivedAt: row.received_at,
    sentAt: instant(deliver.scts),
    ...(text === undefined ? {} : { text }),
    ...(septetsHex === undefined ? {} : { septetsHex, national }),
    ...(ucs2Hex === undefined ? {} : { ucs2Hex }),
    ...(dataHex === undefined ? {} : { dataHex }),
  };
}

function holds(text: ReassembledMessage<KeptPart>, part: KeptPart): boolean {
  return text.parts.includes(part) || text.duplicates.includes(part);
}

/** The very same bytes, or the same content at once after its text was complete. */
function isRepeat(known: KeptPart, part: KeptPart): boolean {
  if (known.row.message_complete !== 1 || known.seq !== part.seq) return false;
  if (known.row.pdu === part.row.pdu) return true;
  const soon = part.receivedAt - known.receivedAt <= repeatWithinMs;
  return soon && known.deliver.text === part.deliver.text && known.deliver.dataHex === part.deliver.dataHex;
}

/**
 * Whether another text waits for a part that reads as one of a text that is complete: a sender that gives each of its
 * texts the same reference may well begin or end them with the same words. The very same bytes are a repeat whatever waits.
 */
function isAwaited(part: KeptPart, twin: KeptPart | undefined, kept: readonly KeptPart[]): boolean {
  if (twin?.row.pdu === part.row.pdu) return false;
  const waiting = kept.filter(({ row }) => row.message_seq === null && row.part_id !== part.row.part_id);
  return waiting.length > 0 && waiting.every(({ seq }) => seq !== part.seq);
}

/** Whether a part was taken for a repeat of a complete text just now, and may be of the text of the newest part instead. */
function isSpare(part: KeptPart, newest: KeptPart, kept: readonly KeptPart[]): boolean {
  if (part.seq === newest.seq || newest.receivedAt - part.receivedAt > repeatWithinMs) return false;
  const same = kept.filter(({ seq, row }) => seq === part.seq && row.message_seq === part.row.message_seq);
  return same[0] !== part && same.every((other) => other === part || other.row.pdu !== part.row.pdu);
}

/** The part as one of no text yet. */
function released(part: KeptPart): KeptPart {
  return { ...part, row: { ...part.row, message_seq: null, message_complete: null } };
}
