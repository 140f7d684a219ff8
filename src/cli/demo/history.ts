import { randomUUID } from 'node:crypto';
import { systemClock } from '../../clock.ts';
import type { FailureWord } from '../../contract/message.ts';
import { subscriber } from '../../emulator/emulation.ts';
import { EmulatedSim } from '../../emulator/network/emulated-sim.ts';
import { textStatistics } from '../../gsm/pdu/index.ts';
import { silentLog } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import { InboundStore } from '../../store/inbound-store.ts';
import { KeyStore } from '../../store/key-store.ts';
import { OutboundStore } from '../../store/outbound-store.ts';
import type { SecretBox } from '../../store/secret-box.ts';
import { SimStore } from '../../store/sim-store.ts';
import { TimelineStore } from '../../store/timeline-store.ts';
import { writeHealth } from './health.ts';
import { imeiOf, incoming, office, outgoing } from './office.ts';
import { deliveredAfter, SentTexts } from './sent-text.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** How long the office has been at work, and how many texts went through on each day. */
export interface Past {
  readonly days: number;
  readonly textsOfADay: number;
}

const someDays: Past = { days: 6, textsOfADay: 60 };
/** One in so many comes in; one in so many fails. */
const oneIn = { received: 5, failed: 23, unreported: 9 };

const failures: readonly string[] = [
  'recipient_unknown: the network does not know this number (+CMS ERROR: 1, unassigned number)' satisfies `${FailureWord}: ${string}`,
  'network_rejected: the network refused the message (+CMS ERROR: 21, short message transfer rejected)' satisfies `${FailureWord}: ${string}`,
];

/**
 * Gives a new data directory the past of an office that has been at work for some days, through the stores that the
 * gateway itself writes with; names its SIMs. `now` in milliseconds since 1970.
 */
export function writeHistory(
  database: Database,
  secrets: SecretBox,
  now: number,
  past: Past = someDays,
): void {
  database.transaction(() => {
    const sims = nameSims(new SimStore(database, secrets), now);
    const keyId = makeKey(database, now - past.days * dayMs);
    writeHealth(database, sims, now);
    const total = past.days * past.textsOfADay;
    for (let place = 0; place < total; place++) {
      const at = momentOf(place / total, past.days, now);
      const station = place % office.length;
      const simId = sims[station] ?? 0;
      if (place % oneIn.received === 1) receive(database, simId, place, station, at);
      else send(database, keyId, simId, place, station, at);
    }
  });
}

/** The SIMs are known by their cards, before any modem has come up. */
function nameSims(store: SimStore, now: number): readonly number[] {
  return office.map(({ label }, place) => {
    const number = subscriber(place + 1);
    const { iccid, imsi } = new EmulatedSim({ number });
    const { simId } = store.findOrCreate({ iccid, imsi, modemId: imeiOf(place) }, now);
    store.setNumber(simId, number, 'person');
    store.setLabel(simId, label);
    return simId;
  });
}

/** Oldest first, denser by day than by night, none in the last two minutes. */
function momentOf(share: number, days: number, now: number): number {
  const age = (1 - share) * days * dayMs + 2 * minuteMs;
  const hour = new Date(now - age).getHours();
  const isNight = hour < 7 || hour >= 19;
  return Math.round(now - age + (isNight && age > dayMs ? 7 * 3_600_000 : 0));
}

/** The key of the program that handed in the texts of the past; nobody gets to know it. */
function makeKey(database: Database, madeAt: number): string {
  const keys = new KeyStore(database, { ...systemClock, now: () => madeAt }, silentLog);
  return keys.create({ name: 'Office software', scopes: ['sms:send'] }).id;
}

function send(
  database: Database,
  keyId: string,
  simId: number,
  place: number,
  station: number,
  at: number,
): void {
  const messages = new OutboundStore(database);
  const timeline = new TimelineStore(database);
  const texts = outgoing[station] ?? [];
  const body = texts[place % texts.length] ?? '';
  const to = personOf(place);
  const { alphabet, segments } = textStatistics(body);
  const seq = messages.insert({
    messageId: randomUUID(),
    status: 'dispatched',
    from: subscriber(station + 1),
    to,
    body,
    encoding: alphabet,
    segmentCount: segments,
    createdAt: at,
    clientReference: undefined,
    priority: 0,
    flash: false,
    dueAt: at,
    expiresAt: at + 3 * dayMs,
    keyId,
    resendOf: undefined,
  });
  timeline.add(seq, at, 'accepted');
  messages.setStarted(seq, true);
  const modemId = imeiOf(station);
  const handedOver = { seq, simId, modemId, port: `emulator:${station + 1}`, to, body, at };
  const sent = new SentTexts(database);
  if (place % oneIn.failed === 0) {
    const reason = failures[place % failures.length] ?? '';
    const refusedAt = sent.refused(handedOver, /\+CMS ERROR: \d+/.exec(reason)?.[0] ?? 'ERROR');
    messages.setFailed(seq, reason);
    timeline.add(seq, refusedAt, 'failed', undefined, reason);
    return;
  }
  const isReported = place % oneIn.unreported !== 0;
  const sentAt = sent.taken(handedOver, isReported);
  messages.setSent(seq, sentAt);
  timeline.add(seq, sentAt, 'sent');
  if (!isReported) return;
  messages.setDelivered(seq, deliveredAfter(sentAt));
  timeline.add(seq, deliveredAfter(sentAt), 'delivered');
}

function receive(database: Database, simId: number, place: number, station: number, at: number): void {
  const body = incoming[place % incoming.length] ?? '';
  new InboundStore(database).insertMessage({
    messageId: randomUUID(),
    from: personOf(place),
    rawFrom: undefined,
    to: subscriber(station + 1),
    body,
    encoding: 'gsm7',
    segmentCount: 1,
    complete: true,
    imported: false,
    sentAt: at - 3_000,
    createdAt: at,
    simId,
    kind: 'text',
    blocked: false,
    hidden: false,
    indication: undefined,
    serviceCentre: undefined,
    replaceType: undefined,
  });
}

/** Someone of two dozen people, in the range that is kept free for examples. */
export function personOf(place: number): string {
  return `+1555017${String(1_000 + ((place * 7) % 24) * 37).padStart(4, '0')}`;
}
