import type { NewReport, ReportRow } from '../store/report-store.ts';
import type { SegmentRow, UndecidedRow } from '../store/segment-store.ts';
import type { OutboundLedger, OutboundLife } from './outbound-life.ts';
import { sameRecipient } from './recipient-match.ts';
import { answeredSegment, fitsInTime, provenSegment, spanOf } from './report-match.ts';

/** The same report comes again (a failed delete, a repeat of the network): it is known for this long. */
const knownForMs = 24 * 3_600_000;

/** Two texts that a service centre had in one second of its clock were handed over within this time. */
const sameSecondMs = 2_000;

/** So long after a text was taken its report is awaited: the longest validity of a text, and a day. */
const openForMs = 8 * 24 * 3_600_000;

/** Reports that wait for the result of a text in the modem's hands: more cannot come in that time. */
const mostDeferred = 100;

/** How far back an undecided text is looked for: a report may come however late. */
const farthestMs = 400 * 24 * 3_600_000;

/**
 * Finds the segment that a status report answers (TS 23.040 9.2.2.3): by SIM, reference, recipient and the service
 * centre's time; else a text whose fate is unknown and that the report's time fits. What fits nothing is kept.
 */
export class DeliveryReports {
  readonly #ledger: OutboundLedger;
  readonly #life: OutboundLife;
  #deferred: ReportRow[] = [];

  constructor(ledger: OutboundLedger, life: OutboundLife) {
    this.#ledger = ledger;
    this.#life = life;
  }

  /** Keeps a report and applies it. On disk when this returns. */
  take(report: NewReport): void {
    this.#ledger.database.transaction(() => {
      const twin = this.#ledger.reports.twin(report, report.receivedAt - knownForMs);
      if (twin && !this.#isOfAnotherText(twin)) return;
      this.#apply(asRow(this.#ledger.reports.insert(report), report));
    });
  }

  /** The text that was in the modem's hands has its result: what is not its report may be another's. */
  reconsider(): void {
    if (this.#deferred.length === 0) return;
    const reports = this.#deferred;
    this.#deferred = [];
    try {
      this.#ledger.database.transaction(() => {
        for (const report of reports)
          if (!this.#ledger.reports.isAssigned(report.report_id)) this.#apply(report);
      });
    } catch (error) {
      this.#deferred = reports;
      throw error;
    }
  }

  /** Looks among the reports that came before a text became undecided. */
  settleByEarlier(segment: SegmentRow, reports: readonly ReportRow[]): boolean {
    const fitting = reports.find(
      (report) =>
        this.#isEvidence(segment, report) &&
        !this.#isExplained(report) &&
        !this.#mayBeInHand(report) &&
        !this.#unnumbered(report) &&
        provenSegment(report, this.#undecided(report))?.segment_id === segment.segment_id,
    );
    if (fitting) this.#settle(segment, fitting);
    return fitting !== undefined;
  }

  /**
   * References come round after 256 texts and times are whole seconds: two texts of one second can have reports of the
   * very same bytes, and then the second of them still waits for its own, or for its reference.
   */
  #isOfAnotherText(twin: ReportRow): boolean {
    const answered = twin.segment_id === null ? undefined : this.#ledger.segments.get(twin.segment_id);
    if (!answered) return false;
    const { segments } = this.#ledger;
    const inHand = segments.inState('submitting').filter(({ sim_id }) => sim_id === twin.sim_id);
    return [...segments.openByReference(twin.sim_id, twin.reference), ...inHand].some(
      (other) =>
        other.segment_id !== answered.segment_id &&
        sameRecipient(other.recipient ?? '', twin.recipient) &&
        Math.abs((other.submitted_at ?? 0) - (answered.submitted_at ?? 0)) < sameSecondMs,
    );
  }

  #apply(report: ReportRow): void {
    const open = this.#ledger.segments
      .openByReference(report.sim_id, report.reference)
      .filter((segment) => sameRecipient(segment.recipient ?? '', report.recipient));
    const match = answeredSegment(report, open);
    if (match) return this.#life.reported(match, report);
    if (this.#isExplained(report)) return;
    if (this.#mayBeInHand(report)) return this.#defer(report);
    const unnumbered = this.#unnumbered(report);
    if (unnumbered) return this.#life.reported(unnumbered, report);
    const proven = provenSegment(report, this.#undecided(report));
    if (proven) this.#settle(proven, report);
  }

  /**
   * Some modems call every text 0 or break off before the number, and a service centre may say that it has a text
   * already: of those the report's recipient and time decide. A text that the network took goes before one of unknown
   * fate: its report would prove what never left.
   */
  #unnumbered(report: ReportRow): SegmentRow | undefined {
    const open = this.#ledger.segments
      .openWithoutReference(report.sim_id)
      .filter(
        (segment) => sameRecipient(segment.recipient ?? '', report.recipient) && fitsInTime(segment, report),
      );
    return answeredSegment(report, open);
  }

  /** A fast network reports before the modem gives the reference: then the report is of the text in its hands. */
  #mayBeInHand(report: ReportRow): boolean {
    return this.#ledger.segments
      .inState('submitting')
      .some(
        (segment) =>
          segment.sim_id === report.sim_id && sameRecipient(segment.recipient ?? '', report.recipient),
      );
  }

  #defer(report: ReportRow): void {
    this.#deferred = [...this.#deferred, report].slice(-mostDeferred);
  }

  /** The reference belongs to another text that waits for its report, or to one that had it. */
  #isExplained(report: ReportRow): boolean {
    const since = report.received_at - openForMs;
    const isOpen = this.#ledger.segments
      .openByReference(report.sim_id, report.reference)
      .some(({ accepted_at }) => (accepted_at ?? 0) > since);
    return (isOpen && !this.#saysNothing(report)) || this.#wasAnswered(report);
  }

  /** From a modem that calls every text 0, that number belongs to no text more than to another. */
  #saysNothing({ sim_id: simId, reference }: ReportRow): boolean {
    return reference === 0 && this.#ledger.segments.lastReference(simId) === 0;
  }

  #settle(segment: SegmentRow, report: ReportRow): void {
    this.#life.accepted(
      segment.segment_id,
      report.reference,
      'a delivery report shows that the network took it',
    );
    const accepted = this.#ledger.segments.get(segment.segment_id);
    if (accepted?.state === 'accepted' && !this.#ledger.reports.isAssigned(report.report_id))
      this.#life.reported(accepted, report);
  }

  /** A second report for a segment that is closed already proves nothing about another. */
  #wasAnswered(report: ReportRow): boolean {
    const closed = this.#ledger.segments.closedByReference(report.sim_id, report.reference);
    return closed.some(
      (segment) => sameRecipient(segment.recipient ?? '', report.recipient) && fitsInTime(segment, report),
    );
  }

  #undecided(report: ReportRow): UndecidedRow[] {
    const centreAt = report.service_centre_at;
    if (centreAt === null) return [];
    const { from, to } = spanOf(centreAt);
    return this.#ledger.segments
      .undecided(report.sim_id, Math.max(from, report.received_at - farthestMs), to)
      .filter((segment) => sameRecipient(segment.recipient ?? '', report.recipient));
  }

  #isEvidence(segment: SegmentRow, report: ReportRow): boolean {
    return (
      report.segment_id === null &&
      sameRecipient(segment.recipient ?? '', report.recipient) &&
      fitsInTime(segment, report)
    );
  }
}

function asRow(reportId: number, report: NewReport): ReportRow {
  return {
    report_id: reportId,
    sim_id: report.simId,
    reference: report.reference,
    recipient: report.recipient,
    service_centre_at: report.serviceCentreAt ?? null,
    discharged_at: report.dischargedAt ?? null,
    status: report.status,
    received_at: report.receivedAt,
    segment_id: null,
  };
}
