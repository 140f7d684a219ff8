import { AgeTrust, type Clock, type Timer } from '../clock.ts';
import type { EventEnvelope } from '../contract/event.ts';
import type { Logger } from '../log.ts';
import type { AttemptRecord, DeliveryStore, DueDelivery } from '../store/delivery-store.ts';
import type { Signing, StoredWebhook, WebhookStore } from '../store/webhook-store.ts';
import { AttemptWriter } from './attempt-writer.ts';
import { type AttemptOutcome, isTaken, sendParcel } from './delivery-attempt.ts';
import { HostSlots } from './host-slots.ts';
import type { HttpPost } from './http-post.ts';
import { Lane, type Verdict } from './lane.ts';
import { retryPauseMs } from './retry-schedule.ts';

/** How long what has ended can still be looked at and delivered again. */
const keptMs = 30 * 24 * 3_600_000;
/** How long an event waits at most, however seldom a receiver that fails can be tried. */
const waitsAtMostMs = 30 * 24 * 3_600_000;
const pruneEveryMs = 3_600_000;
const pruneAgainMs = 1_000;
const gone = 410;

/** What the dispatcher needs of the gateway. */
export interface DispatcherContext {
  readonly clock: Clock;
  /** The time by which what is old is given up and forgotten: not the one that a clock just jumped to. */
  readonly believedNow: () => number;
  readonly log: Logger;
  readonly webhooks: Pick<WebhookStore, 'list' | 'get' | 'signing'>;
  readonly deliveries: DeliveryStore;
  readonly post: HttpPost;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Brings events to webhooks: a lane for each of them, so that none waits for another. */
export class Dispatcher {
  readonly #context: DispatcherContext;
  readonly #writer: AttemptWriter;
  readonly #slots = new HostSlots();
  readonly #lanes = new Map<string, Lane>();
  /** By webhook. */
  readonly #underWay = new Map<string, Set<number>>();
  /** What signs to each webhook, unsealed, until it is to be looked up again. */
  readonly #signings = new Map<string, { readonly signing: Signing; readonly until: number }>();
  readonly #stopping = new AbortController();
  #pruneTimer: Timer | undefined;
  /** Nothing that waits is given up for its age without it. */
  readonly #ages: AgeTrust;

  constructor(context: DispatcherContext) {
    this.#context = context;
    this.#ages = new AgeTrust(context.clock);
    this.#writer = new AttemptWriter(context.deliveries, context.clock, context.log);
  }

  start(): void {
    const { deliveries, webhooks } = this.#context;
    this.#ages.started();
    deliveries.onAdded((ids) => this.#pumpAdded(ids));
    for (const { id } of webhooks.list()) this.#laneOf(id)?.pump();
    this.#prune();
  }

  /** What is under way is cut off, and tried again after the next start. */
  stop(): void {
    this.#context.deliveries.onAdded(() => undefined);
    this.#pruneTimer?.cancel();
    for (const lane of this.#lanes.values()) lane.stop();
    this.#stopping.abort();
    this.#writer.flush();
    this.#writer.stop();
    this.#context.post.close();
  }

  /** A webhook was changed or deleted: it begins anew. */
  changed(webhookId: string): void {
    this.#lanes.get(webhookId)?.stop();
    this.#lanes.delete(webhookId);
    this.#signings.delete(webhookId);
    const lane = this.#laneOf(webhookId);
    if (lane) lane.pump();
    else this.#underWay.delete(webhookId);
  }

  /** The wall clock was set by so much; as a part of the caller's transaction. What it was set ahead of is due by itself. */
  clockMoved(byMs: number): void {
    if (byMs < 0) this.#context.deliveries.moveWaits(byMs);
    else this.#ages.setAhead();
    this.#context.deliveries.afterCommit(() => this.#pumpAdded([...this.#lanes.keys()]));
  }

  /** Sends an event now, past the queue and once only. Answers the id of the delivery that tells of it. */
  async test(webhook: StoredWebhook, event: EventEnvelope): Promise<string> {
    const parcel = { eventId: event.event_id, eventType: event.event_type, body: JSON.stringify(event) };
    const outcome = await this.#send(parcel, webhook);
    const state = isTaken(outcome) ? 'delivered' : 'given_up';
    const extra = { webhookId: webhook.id, event, at: outcome.at };
    return this.#context.deliveries.addTested(extra, { ...recordOf(outcome), state, dueAt: undefined });
  }

  /** What cannot be read of a webhook now is found with the next event, or after the next start. */
  #pumpAdded(webhookIds: readonly string[]): void {
    try {
      for (const id of webhookIds) this.#laneOf(id)?.pump();
    } catch (error) {
      this.#context.log.warn({ err: error }, 'Deliveries to webhooks could not be read');
    }
  }

  #laneOf(webhookId: string): Lane | undefined {
    const known = this.#lanes.get(webhookId);
    if (known) return known;
    const webhook = this.#context.webhooks.get(webhookId);
    if (!webhook || this.#stopping.signal.aborted) return undefined;
    const lane = new Lane({
      ...this.#context,
      webhookId,
      host: hostAndPort(webhook),
      slots: this.#slots,
      underWay: this.#underWayTo(webhookId),
      attempt: (delivery) => this.#attempt(delivery, webhook),
      freed: (host) => this.#freed(webhookId, host),
    });
    this.#lanes.set(webhookId, lane);
    return lane;
  }

  #underWayTo(webhookId: string): Set<number> {
    const known = this.#underWay.get(webhookId) ?? new Set();
    this.#underWay.set(webhookId, known);
    return known;
  }

  /** The webhook may have another host by now. */
  #freed(webhookId: string, host: string): void {
    for (const [id, lane] of this.#lanes) if (id === webhookId || lane.host === host) lane.pump();
  }

  async #attempt(delivery: DueDelivery, webhook: StoredWebhook): Promise<Verdict> {
    const outcome = await this.#send(delivery, webhook);
    if (this.#stopping.signal.aborted && !isTaken(outcome)) return 'failed';
    await this.#writer.write({ ...recordOf(outcome), seq: delivery.seq, ...this.#fateOf(delivery, outcome) });
    return isTaken(outcome) || outcome.status === gone ? 'answered' : 'failed';
  }

  #send(
    parcel: DueDelivery | Parameters<typeof sendParcel>[0],
    webhook: StoredWebhook,
  ): Promise<AttemptOutcome> {
    const { clock, post } = this.#context;
    const signing = this.#signingOf(webhook);
    return sendParcel(parcel, webhook, signing, { post, clock, stopping: this.#stopping.signal });
  }

  #signingOf({ id, previousUntil = Infinity }: StoredWebhook): Signing | undefined {
    const { webhooks, clock } = this.#context;
    const known = this.#signings.get(id);
    if (known && clock.now() < known.until) return known.signing;
    const signing = webhooks.signing(id, clock.now());
    const until = signing?.previous === undefined ? Infinity : previousUntil;
    if (signing) this.#signings.set(id, { signing, until });
    return signing;
  }

  #fateOf({ attempts }: DueDelivery, outcome: AttemptOutcome): Pick<AttemptRecord, 'state' | 'dueAt'> {
    if (isTaken(outcome)) return { state: 'delivered', dueAt: undefined };
    const pauseMs = outcome.status === gone ? undefined : retryPauseMs(attempts + 1, this.#context.random());
    if (pauseMs === undefined) return { state: 'given_up', dueAt: undefined };
    return { state: 'waiting', dueAt: this.#context.clock.now() + pauseMs };
  }

  #prune(): void {
    const { deliveries, webhooks, clock, log, believedNow } = this.#context;
    let more = false;
    try {
      const now = believedNow();
      for (const { id } of this.#ages.isGiven ? webhooks.list() : [])
        more = deliveries.giveUpOlder(id, now - waitsAtMostMs, now) || more;
      more = deliveries.prune(now - keptMs) || more;
    } catch (error) {
      log.warn({ err: error }, 'Old deliveries to webhooks could not be deleted');
    }
    this.#pruneTimer = clock.after(more ? pruneAgainMs : pruneEveryMs, () => this.#prune());
  }
}

function hostAndPort({ url }: StoredWebhook): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

function recordOf({
  at,
  durationMs,
  status,
  text,
  error,
}: AttemptOutcome): Omit<AttemptRecord, 'seq' | 'state' | 'dueAt'> {
  return { at, durationMs, status, response: text, error };
}
