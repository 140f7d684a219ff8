import { silentLog } from '../../src/log.ts';
import { DeliveryReports } from '../../src/messages/delivery-reports.ts';
import { type OutboundLedger, OutboundLife } from '../../src/messages/outbound-life.ts';
import { EventLog } from '../../src/store/event-log.ts';
import { toMessage } from '../../src/store/message-row.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { ReportStore } from '../../src/store/report-store.ts';
import { SegmentStore } from '../../src/store/segment-store.ts';
import { TimelineStore } from '../../src/store/timeline-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

const recipient = '+15550002222';
export const received = 0x00;

/** Texts of one SIM to one person, and the reports about them, with no modem between the test and the ledger. */
export class ReportDesk {
  readonly clock = new ManualClock();
  readonly #database = temporaryDatabase();
  readonly #ledger: OutboundLedger;
  readonly #life: OutboundLife;
  readonly #reports: DeliveryReports;

  constructor() {
    const database = this.#database;
    this.#ledger = {
      database,
      outbound: new OutboundStore(database),
      segments: new SegmentStore(database),
      reports: new ReportStore(database),
      timeline: new TimelineStore(database),
      events: new EventLog(database, this.clock, silentLog),
      toMessage,
    };
    this.#life = new OutboundLife(this.#ledger, this.clock);
    this.#reports = new DeliveryReports(this.#ledger, this.#life);
    database
      .prepare(`INSERT INTO sims (sim_id, iccid, created_at) VALUES (1, '8900112345678901234', 1)`)
      .run();
  }

  /** Many moves in one commit, which takes a fraction of the time. */
  atOnce(work: () => void): void {
    this.#database.transaction(work);
  }

  /** Sends a text that the network gives `reference`, `meanwhile` being what happens before that is known; its sequence number. */
  send(reference: number, meanwhile: () => void = () => undefined): number {
    const { outbound, segments } = this.#ledger;
    const seq = outbound.insert({
      messageId: crypto.randomUUID(),
      status: 'dispatched',
      from: '+15550001111',
      to: recipient,
      body: 'hello',
      encoding: 'gsm7',
      segmentCount: 1,
      createdAt: this.clock.now(),
      clientReference: undefined,
      priority: 0,
      flash: false,
      dueAt: 0,
      expiresAt: this.clock.now() + 3_600_000,
      keyId: 'key',
      resendOf: undefined,
    });
    segments.insert(seq, 1);
    const segmentId = segments.ofMessage(seq)[0]?.segment_id ?? 0;
    const modem = { modemId: 'modem', port: '/dev/ttyUSB2', pdu: '00', expectedReference: undefined };
    this.#life.begin(seq, { segmentId, simId: 1, recipient, ...modem }, 1);
    meanwhile();
    this.#life.accepted(segmentId, reference);
    this.#reports.reconsider();
    return seq;
  }

  /** Takes a report about what the service centre had at `at`, of which it tells the second. */
  report(reference: number, at = this.clock.now(), status = received): void {
    const second = at - (at % 1_000);
    this.#reports.take({
      simId: 1,
      reference,
      recipient,
      serviceCentreAt: second,
      dischargedAt: second,
      status,
      pdu: `report ${status} about ${reference} of ${second}`,
      receivedAt: this.clock.now(),
    });
  }

  status(seq: number): string | undefined {
    return this.#ledger.outbound.get(seq)?.status;
  }
}
