import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { DeliveryReports } from '../../src/messages/delivery-reports.ts';
import { type OutboundLedger, OutboundLife } from '../../src/messages/outbound-life.ts';
import { EventLog } from '../../src/store/event-log.ts';
import { toMessage } from '../../src/store/message-row.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { type NewReport, ReportStore } from '../../src/store/report-store.ts';
import { SegmentStore } from '../../src/store/segment-store.ts';
import { TimelineStore } from '../../src/store/timeline-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

const recipient = '+15550002222';
const reference = 166;

class Desk {
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

  /** Sends a text that the network gives `reference`, `meanwhile` being what happens before that is known; its sequence number. */
  send(meanwhile: () => void = () => undefined): number {
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
    });
    segments.insert(seq, 1);
    const segmentId = segments.ofMessage(seq)[0]?.segment_id ?? 0;
    const modem = { modemId: 'modem', port: '/dev/ttyUSB2', pdu: '00', expectedReference: undefined };
    this.#life.begin(seq, { segmentId, simId: 1, recipient, ...modem }, 1);
    meanwhile();
    this.#life.accepted(segmentId, reference);
    return seq;
  }

  /** Takes the report of the second that this clock shows. */
  report(second = this.clock.now() - (this.clock.now() % 1_000)): void {
    const report: NewReport = {
      simId: 1,
      reference,
      recipient,
      serviceCentreAt: second,
      dischargedAt: second,
      status: 0,
      pdu: `report of ${second}`,
      receivedAt: this.clock.now(),
    };
    this.#reports.take(report);
  }

  status(seq: number): string | undefined {
    return this.#ledger.outbound.get(seq)?.status;
  }
}

describe('two reports of the very same bytes', () => {
  it('deliver two texts of one second that were given the same reference', async () => {
    const desk = new Desk();
    const first = desk.send();
    desk.report();
    await desk.clock.advance(900);
    const second = desk.send();
    desk.report();
    expect([desk.status(first), desk.status(second)]).toEqual(['delivered', 'delivered']);
  });

  it('deliver both texts also when the second overtakes the answer of the modem', async () => {
    const desk = new Desk();
    const first = desk.send();
    desk.report();
    await desk.clock.advance(900);
    const second = desk.send(() => desk.report());
    expect([desk.status(first), desk.status(second)]).toEqual(['delivered', 'delivered']);
  });

  it('are one report that came twice when the next text with this reference is of another time', async () => {
    const desk = new Desk();
    const first = desk.send();
    const second = desk.clock.now();
    desk.report(second);
    await desk.clock.advance(60_000);
    const later = desk.send();
    desk.report(second);
    expect([desk.status(first), desk.status(later)]).toEqual(['delivered', 'sent']);
  });
});
