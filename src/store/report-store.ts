import type { Database } from './database.ts';

/** A status report as it is kept. Times are milliseconds since 1970. */
export interface NewReport {
  readonly simId: number;
  readonly reference: number;
  readonly recipient: string;
  readonly serviceCentreAt: number | undefined;
  readonly dischargedAt: number | undefined;
  readonly status: number;
  readonly pdu: string;
  readonly receivedAt: number;
}

export interface ReportRow {
  readonly report_id: number;
  readonly sim_id: number;
  readonly reference: number;
  readonly recipient: string;
  readonly service_centre_at: number | null;
  readonly discharged_at: number | null;
  readonly status: number;
  readonly received_at: number;
  readonly segment_id: number | null;
}

/** A report that no segment was found for, with the SIM that it came to. */
export interface UnmatchedReportRow {
  readonly report_id: number;
  readonly iccid: string | null;
  readonly number: string | null;
  readonly recipient: string | null;
  readonly reference: number | null;
  readonly status: number | null;
  readonly service_centre_at: number | null;
  readonly discharged_at: number | null;
  readonly received_at: number;
  readonly pdu: string;
}

/** Status reports: kept whether or not a segment was found for them. */
export class ReportStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The newest report since then that has the very same bytes. */
  twin(report: NewReport, since: number): ReportRow | undefined {
    return this.#database
      .prepare<[number, number, number, string], ReportRow>(
        `SELECT * FROM status_reports INDEXED BY status_reports_by_reference
         WHERE sim_id = +? AND reference = +? AND received_at >= ? AND pdu = ? ORDER BY received_at DESC LIMIT 1`,
      )
      .get(report.simId, report.reference, since, report.pdu);
  }

  insert(report: NewReport): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO status_reports (sim_id, reference, recipient, service_centre_at, discharged_at, status, pdu, received_at)
         VALUES (@simId, @reference, @recipient, @serviceCentreAt, @dischargedAt, @status, @pdu, @receivedAt)`,
      )
      .run({
        ...report,
        serviceCentreAt: report.serviceCentreAt ?? null,
        dischargedAt: report.dischargedAt ?? null,
      });
    return Number(lastInsertRowid);
  }

  assign(reportId: number, segmentId: number): void {
    this.#database
      .prepare('UPDATE status_reports SET segment_id = ? WHERE report_id = ?')
      .run(segmentId, reportId);
  }

  isAssigned(reportId: number): boolean {
    const row = this.#database
      .prepare<[number], { segment_id: number | null }>(
        'SELECT segment_id FROM status_reports WHERE report_id = ?',
      )
      .get(reportId);
    return row !== undefined && row.segment_id !== null;
  }

  /** Reports that no segment was found for, of this SIM since then, oldest first. */
  unmatchedSince(simId: number, since: number): ReportRow[] {
    return this.#database
      .prepare<[number, number], ReportRow>(
        `SELECT * FROM status_reports INDEXED BY status_reports_unmatched
         WHERE sim_id = ? AND received_at >= ? AND segment_id IS NULL ORDER BY received_at LIMIT 100`,
      )
      .all(simId, since);
  }

  /** Reports with this reference that came before their segment's reference was known, oldest first. */
  unmatched(simId: number, reference: number, since: number): ReportRow[] {
    return this.#database
      .prepare<[number, number, number], ReportRow>(
        `SELECT * FROM status_reports INDEXED BY status_reports_by_reference
         WHERE sim_id = +? AND reference = +? AND received_at >= ? AND segment_id IS NULL ORDER BY report_id LIMIT 100`,
      )
      .all(simId, reference, since);
  }

  /** A page of the reports that no segment was found for, newest first, and how many there are. */
  unmatchedPage(limit: number, offset: number): { rows: UnmatchedReportRow[]; total: number } {
    const rows = this.#database
      .prepare<[number, number], UnmatchedReportRow>(
        `SELECT report_id, iccid, number, recipient, reference, status, service_centre_at, discharged_at, received_at,
           pdu
         FROM status_reports INDEXED BY status_reports_unmatched_by_time LEFT JOIN sims USING (sim_id)
         WHERE segment_id IS NULL ORDER BY received_at DESC, report_id DESC LIMIT ? OFFSET ?`,
      )
      .all(limit, offset);
    const counted = this.#database
      .prepare<[], { total: number }>(
        'SELECT count(*) AS total FROM status_reports INDEXED BY status_reports_unmatched_by_time WHERE segment_id IS NULL',
      )
      .get();
    return { rows, total: counted?.total ?? 0 };
  }
}
