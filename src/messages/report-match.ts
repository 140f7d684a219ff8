import type { ReportRow } from '../store/report-store.ts';
import type { SegmentRow, UndecidedRow } from '../store/segment-store.ts';

/** A report belongs to a text that the service centre had in this span around the handing-over. */
const beforeMs = 120_000;
const afterMs = 300_000;

/** TP-SCTS has no fractions (TS 23.040 9.2.3.11): it may lie this much before the instant that it means. */
const fractionMs = 999;

/** Of two texts of unknown fate the service centre's time points at one if it is nearer by more than this. */
const clearlyNearerMs = 2_000;

/** When a text was handed over, by our clock, that a report of this service centre time may prove. Milliseconds. */
export function spanOf(centreAt: number): { readonly from: number; readonly to: number } {
  return { from: centreAt - afterMs, to: centreAt + beforeMs };
}

/** Whether the service centre had what the report is about when this segment was handed over. */
export function fitsInTime(segment: SegmentRow, report: ReportRow): boolean {
  const { submitted_at: submittedAt } = segment;
  const { service_centre_at: centreAt } = report;
  if (submittedAt === null || centreAt === null) return false;
  return centreAt >= submittedAt - beforeMs && centreAt <= submittedAt + afterMs;
}

/**
 * Of the open segments with the report's reference and recipient, newest first, the one that it is about. References
 * come round after 256 texts, within minutes where many leave: then the service centre's time decides, and among
 * those of one second the order in which they left. Where that time fits none, it is the newest.
 */
export function answeredSegment(report: ReportRow, open: readonly SegmentRow[]): SegmentRow | undefined {
  const fitting = open.filter((segment) => fitsInTime(segment, report));
  const nearest = Math.min(...fitting.map((segment) => missMs(segment, report)));
  return fitting.findLast((segment) => missMs(segment, report) === nearest) ?? open[0];
}

/**
 * Of the segments of which nobody knows whether the network took them, oldest first, the one that a report about the same
 * recipient proves. One that may have been taken goes before one that was refused and waits for its next attempt, unless
 * only the latter was in the modem's hands at the service centre's time. Then those count whose expected reference it
 * carries; of these the ones that were in the modem's hands nearest to that time; and of these the oldest.
 */
export function provenSegment(
  report: ReportRow,
  undecided: readonly UndecidedRow[],
): UndecidedRow | undefined {
  const miss = (row: UndecidedRow) => missMs({ ...row, accepted_at: row.ended_at }, report);
  const refused = undecided.filter(({ state }) => state === 'waiting');
  const open = undecided.filter(({ state }) => state !== 'waiting');
  const wasInHand = refused.some((row) => miss(row) === 0);
  const isTooEarly = open.every((row) => missMs({ ...row, accepted_at: null }, report) > 0);
  const likely = wasInHand && isTooEarly ? [refused, open] : [open, refused];
  const expected = likely.map((rows) => rows.filter((row) => row.expected_reference === report.reference));
  const rows = [...expected, ...likely].find(({ length }) => length > 0) ?? [];
  const nearest = Math.min(...rows.map(miss));
  return rows.find((row) => miss(row) <= nearest + clearlyNearerMs);
}

/** By how much the service centre's time misses the span from handing a segment over to its result. */
function missMs(segment: Pick<SegmentRow, 'submitted_at' | 'accepted_at'>, report: ReportRow): number {
  const centreAt = report.service_centre_at ?? 0;
  const from = (segment.submitted_at ?? centreAt) - fractionMs;
  const to = segment.accepted_at ?? centreAt;
  return Math.max(from - centreAt, centreAt - to, 0);
}
