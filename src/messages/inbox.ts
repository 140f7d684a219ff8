import type { Clock } from '../clock.ts';
import { type DecodedPdu, DecodeError, decodePdu, type StatusReport } from '../gsm/pdu/index.ts';
import type { Logger } from '../log.ts';
import type { NewPart } from '../store/inbound-store.ts';
import type { DeliveryReports } from './delivery-reports.ts';
import { type InboundLedger, instant } from './inbound-ledger.ts';
import { type Arrival, InboundMessages, type ReadText } from './inbound-messages.ts';
import { LongTexts } from './long-texts.ts';

/** A PDU as a modem gave it, and where it lies. `storage` is empty where no store holds it. */
export interface InboundArrival {
  readonly simId: number;
  readonly storage: string;
  readonly index: number;
  readonly pdu: string;
  readonly tpduLength: number | undefined;
  /** The places of this store that held something, where that was looked at. */
  readonly occupied: ReadonlySet<number> | undefined;
  readonly imported: boolean;
  /** It is another text than one of the same bytes that came before. */
  readonly anew?: boolean;
}

/** The same bytes at the same place are the same text for this long. */
const knownForMs = 24 * 3_600_000;

/** Where a modem keeps a text. */
interface Place {
  readonly simId: number;
  readonly storage: string;
  readonly index: number;
}

/**
 * Takes in what arrives: kept on disk before it may be deleted from the modem, recognised when it is seen again,
 * joined when it is long, handed on when it is whole.
 */
export class Inbox {
  readonly #ledger: InboundLedger;
  readonly #reports: DeliveryReports;
  readonly #messages: InboundMessages;
  readonly #longTexts: LongTexts;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(ledger: InboundLedger, reports: DeliveryReports, clock: Clock, log: Logger) {
    this.#ledger = ledger;
    this.#reports = reports;
    this.#clock = clock;
    this.#log = log;
    this.#messages = new InboundMessages(ledger);
    this.#longTexts = new LongTexts(ledger, this.#messages, clock, log);
  }

  start(): void {
    this.#longTexts.start();
  }

  stop(): void {
    this.#longTexts.stop();
  }

  /** Keeps an arrival. True when it is on disk and may be deleted from the modem; false when it is no arrival. */
  take(arrival: InboundArrival): boolean {
    const decoded = this.#decode(arrival);
    if (decoded?.kind === 'status-report') {
      this.#takeReport(arrival, decoded);
      return true;
    }
    if (decoded && decoded.kind !== 'deliver' && decoded.kind !== 'reserved') return false;
    this.#ledger.database.transaction(() => {
      if (!arrival.anew && this.#isKnown(arrival)) return;
      if (decoded?.kind === 'deliver' && !isCutOff(decoded)) this.#takeText(arrival, decoded);
      else this.#takeUnreadable(arrival);
    });
    return true;
  }

  /**
   * The modem has confirmed that a place is empty. A power cut may take that back: then only the very same octets, time
   * stamp and all, would count as what lay there.
   */
  deleted({ simId, storage, index }: Place): void {
    const { database, inbound } = this.#ledger;
    database.unflushed(() => inbound.deleted(simId, storage, index));
  }

  #decode(arrival: InboundArrival): DecodedPdu | undefined {
    const { pdu, tpduLength } = arrival;
    try {
      return decodePdu(pdu, {
        direction: 'MT',
        mode: 'lenient',
        ...(tpduLength === undefined ? {} : { tpduLength }),
      });
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.#log.warn(
        { field: error.field, offset: error.offset, pdu },
        'a PDU cannot be read; it is kept as it came',
      );
      return undefined;
    }
  }

  /**
   * The same place within a day, or as long as it was not confirmed as empty; or bytes that were never confirmed as
   * deleted, and lie elsewhere now; or that were brought directly before: a modem whose acknowledgement comes late stops
   * bringing texts, and stores the one that the network repeats (TS 27.005 3.4.1).
   */
  #isKnown({ simId, storage, index, pdu, occupied }: InboundArrival): boolean {
    const { inbound } = this.#ledger;
    const since = this.#clock.now() - knownForMs;
    if (inbound.atPlace(simId, storage, index, pdu, since)) return true;
    if (storage !== '' && inbound.atPlace(simId, '', 0, pdu, since)) return true;
    const kept = inbound.undeleted(simId, pdu).filter((part) => part.storage === storage);
    if (kept.some((part) => part.storage_index === index)) return true;
    const moved = occupied && kept.find((part) => !occupied.has(part.storage_index));
    if (moved) inbound.move(moved.part_id, storage, index);
    return moved !== undefined;
  }

  #takeReport(arrival: InboundArrival, report: StatusReport): void {
    this.#reports.take({
      simId: arrival.simId,
      reference: report.mr,
      recipient: report.address,
      serviceCentreAt: instant(report.scts),
      dischargedAt: instant(report.discharge),
      status: report.status,
      pdu: arrival.pdu,
      receivedAt: this.#clock.now(),
    });
  }

  /** A Short Message Type 0 is kept and shown to nobody, and its parts are joined to nothing (TS 23.040 9.2.3.9). */
  #takeText(arrival: InboundArrival, text: ReadText): void {
    const concat = text.type0 ? undefined : text.concat;
    const part = this.#part(arrival, text.type0 ? 'silent' : 'text', {
      sender: text.address,
      ...(concat && {
        reference: concat.ref,
        referenceBits: concat.bits,
        total: concat.total,
        position: concat.seq,
      }),
    });
    const partId = this.#ledger.inbound.insertPart(part);
    if (part.total > 1) return this.#longTexts.join(part);
    const content = { body: text.text ?? text.dataHex ?? '', segmentCount: 1, complete: true };
    this.#finish(partId, this.#messages.insert(text, content, cameAs(part)));
  }

  #takeUnreadable(arrival: InboundArrival): void {
    const part = this.#part(arrival, 'unreadable', {});
    const partId = this.#ledger.inbound.insertPart(part);
    this.#finish(partId, this.#messages.insertUnreadable(arrival.pdu, cameAs(part)));
  }

  #finish(partId: number, seq: number): void {
    this.#ledger.inbound.assign([partId], seq);
    this.#messages.announce(seq);
  }

  #part(arrival: InboundArrival, kind: NewPart['kind'], known: Partial<NewPart>): NewPart {
    return {
      simId: arrival.simId,
      storage: arrival.storage,
      index: arrival.index,
      pdu: arrival.pdu,
      tpduLength: arrival.tpduLength,
      receivedAt: this.#clock.now(),
      kind,
      sender: undefined,
      reference: undefined,
      referenceBits: undefined,
      total: 1,
      position: 1,
      imported: arrival.imported,
      ...known,
    };
  }
}

function cameAs({ simId, imported, receivedAt }: NewPart): Arrival {
  return { simId, imported, createdAt: receivedAt };
}

/** Nothing of its text is left: then the octets as they came tell more. A wrong length beside them loses nothing. */
function isCutOff({ text, problems }: ReadText): boolean {
  return text === '' && problems.some(({ field }) => field !== 'tpduLength');
}
