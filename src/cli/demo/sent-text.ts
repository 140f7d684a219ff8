import { encodeMessage } from '../../gsm/pdu/index.ts';
import type { Database } from '../../store/database.ts';
import { SegmentStore } from '../../store/segment-store.ts';
import { TimelineStore } from '../../store/timeline-store.ts';

/** From the hand-over of a segment to the answer of the network, and from that to its delivery report. */
const networkMs = 2_000;
const reportMs = 4_000;

/** A text, and who hands it over; `at` is when its first segment left, in milliseconds since 1970. */
export interface HandedOver {
  readonly seq: number;
  readonly simId: number;
  readonly modemId: string;
  readonly port: string;
  readonly to: string;
  readonly body: string;
  readonly at: number;
}

interface Segment {
  readonly segmentId: number;
  /** Counted from 1. */
  readonly position: number;
  readonly pdu: string;
}

/** Segments of texts as the gateway writes them down when it hands them over. */
export class SentTexts {
  readonly #segments: SegmentStore;
  readonly #timeline: TimelineStore;

  constructor(database: Database) {
    this.#segments = new SegmentStore(database);
    this.#timeline = new TimelineStore(database);
  }

  /** The network took each segment, and told of its delivery where `reported`; gives when it took the last one. */
  taken(text: HandedOver, reported: boolean): number {
    let { at } = text;
    for (const segment of this.#segmentsOf(text)) {
      const { segmentId, position } = segment;
      const reference = (text.seq + position) % 256;
      this.#begin(text, segment, at);
      at += networkMs;
      this.#segments.setAccepted(segmentId, reference, at);
      this.#segments.endAttempt(segmentId, { outcome: 'accepted', at });
      this.#timeline.add(text.seq, at, 'segment_accepted', position, `reference ${reference}`);
      if (reported) this.#segments.setReported(segmentId, 'delivered', 0, at + reportMs);
    }
    return at;
  }

  /** The network refused its first segment; gives when. */
  refused(text: HandedOver, code: string): number {
    const at = text.at + networkMs;
    const first = this.#segmentsOf(text)[0];
    if (!first) return at;
    this.#begin(text, first, text.at);
    this.#segments.setState(first.segmentId, 'rejected');
    this.#segments.endAttempt(first.segmentId, { outcome: 'rejected', code, at });
    this.#timeline.add(text.seq, at, 'segment_refused', first.position, code);
    return at;
  }

  #segmentsOf({ seq, to, body: text }: HandedOver): Segment[] {
    const encoded = encodeMessage({ to, text, ref: seq % 256, statusReport: true }).segments;
    this.#segments.insert(seq, encoded.length);
    return this.#segments.ofMessage(seq).map(({ segment_id: segmentId, position }) => ({
      segmentId,
      position,
      pdu: encoded[position - 1]?.pdu ?? '',
    }));
  }

  #begin(text: HandedOver, { segmentId, position, pdu }: Segment, at: number): void {
    const { seq, simId, modemId, port, to } = text;
    const expectedReference = (seq + position) % 256;
    this.#segments.begin({ segmentId, simId, recipient: to, modemId, port, pdu, expectedReference, at });
    this.#timeline.add(seq, at, 'submitting', position, port);
  }
}

/** How long after the network took a text its delivery is told of. */
export function deliveredAfter(sentAt: number): number {
  return sentAt + reportMs;
}
