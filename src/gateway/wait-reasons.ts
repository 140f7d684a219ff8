import { formatTimestamp } from '../contract/message.ts';
import type { Waiting } from '../contract/story.ts';
import type { Rest, Router } from '../messages/router.ts';
import type { WaitReason } from '../messages/send-permission.ts';
import type { SendingRules } from '../messages/sending-rules.ts';
import type { DoubtedClock } from '../messages/steady-clock.ts';
import { heldByPerson } from '../store/batch-store.ts';
import { heldForEvidence, type OutboundRow, type OutboundStore } from '../store/outbound-store.ts';
import type { SegmentRow, SegmentStore } from '../store/segment-store.ts';

/** What is known of a number and its SIM as texts wait for them. */
export interface WaitSources {
  readonly outbound: Pick<OutboundStore, 'get'>;
  readonly segments: Pick<SegmentStore, 'ofMessage'>;
  readonly rules: Pick<SendingRules, 'permission' | 'recipients'>;
  readonly clock: DoubtedClock;
  /** What keeps all texts of a SIM, undefined where none was ever seen with the number, until a person or the disk gives way. */
  readonly stop: (simId: number | undefined) => Pick<Waiting, 'reason' | 'message'> | undefined;
  readonly simOf: (number: string) => number | undefined;
  /** What a person must do before texts of this number can leave, in a sentence. */
  readonly obstacle: (number: string) => string | undefined;
  readonly router: Pick<Router, 'isPresent' | 'restOf'>;
}

/** Clock time, in milliseconds since 1970. */
type Wait = Pick<Waiting, 'reason' | 'message'> & { readonly until?: number | undefined };

const limitSentences: Readonly<Record<WaitReason, string>> = {
  window: 'Its SIM sends only at the hours that are set for it.',
  gap: 'Its SIM keeps a pause between two texts.',
  minute: 'Its SIM has sent as many segments as it may in a minute.',
  hour: 'Its SIM has sent as many segments as it may in an hour.',
  day: 'Its SIM has sent as many segments as it may in a day.',
  month: 'Its SIM has sent as many segments as it may in a month.',
};

const restSentences: Readonly<Record<Rest['kind'], string>> = {
  sim_blamed: 'The network refuses the texts of its SIM. It is tried again by itself.',
  modem_trouble: 'Its modem or SIM is in trouble, and is brought up anew.',
};

/** Tells of a text that has not left why that is, and until when. */
export class WaitReasons {
  readonly #sources: WaitSources;

  constructor(sources: WaitSources) {
    this.#sources = sources;
  }

  /** Undefined for what waits for nothing: it is in the modem's hands, or has come to its end. */
  of(seq: number): Waiting | undefined {
    const row = this.#sources.outbound.get(seq);
    if (row?.status !== 'queued' && row?.status !== 'dispatched') return undefined;
    const segments = this.#sources.segments.ofMessage(seq);
    if (segments.some(({ state }) => state === 'submitting')) return undefined;
    const { reason, message, until } = this.#wait(row, segments);
    return { reason, message, until: until === undefined ? null : formatTimestamp(until) };
  }

  #wait(row: OutboundRow, segments: readonly SegmentRow[]): Wait {
    const { stop, simOf } = this.#sources;
    const simId = simOf(row.from_number);
    return (
      evidenceWait(row, segments) ??
      stop(simId) ??
      batchWait(row) ??
      this.#modemWait(row) ??
      this.#timeWait(row, segments) ??
      (simId === undefined ? undefined : this.#simWait(simId, row, segments)) ?? {
        reason: 'turn',
        message: 'Texts that are more urgent or older leave its SIM before it.',
      }
    );
  }

  #modemWait({ from_number: number }: OutboundRow): Wait | undefined {
    const { router, obstacle } = this.#sources;
    if (router.isPresent(number)) return undefined;
    return { reason: 'modem', message: obstacle(number) ?? 'Its SIM is in no modem that can send now.' };
  }

  #timeWait({ due_at: dueAt }: OutboundRow, segments: readonly SegmentRow[]): Wait | undefined {
    const { doubt, now } = { doubt: this.#sources.clock.doubt, now: this.#sources.clock.now() };
    const wasTried = segments.some(({ attempts }) => attempts > 0);
    if (!wasTried && dueAt > 0 && doubt) return { reason: 'clock', message: doubt.sentence };
    if (dueAt <= now) return undefined;
    if (!wasTried) return { reason: 'scheduled', message: 'It is scheduled for later.', until: dueAt };
    return { reason: 'retry', message: 'It could not be sent now, and is tried again.', until: dueAt };
  }

  /** What a person has set for the SIM, and what its modem and the network do. */
  #simWait(simId: number, row: OutboundRow, segments: readonly SegmentRow[]): Wait | undefined {
    const { router, rules, clock } = this.#sources;
    const now = clock.now();
    const resting = router.restOf(simId);
    if (resting)
      return { reason: resting.kind, message: restSentences[resting.kind], until: now + resting.ms };
    if (row.started === 1) return undefined;
    const allowed = rules.recipients(simId);
    if (allowed && !allowed.only.has(row.to_number)) {
      const message = 'Its SIM has written to as many different numbers as it may in a day.';
      return { reason: 'recipients', message, until: allowed.until };
    }
    const waiting = segments.filter(({ state }) => state === 'waiting').length;
    const { at, reason } = rules.permission(simId, row, waiting);
    return at > now ? { reason, message: limitSentences[reason], until: at } : undefined;
  }
}

function evidenceWait({ due_at: dueAt }: OutboundRow, segments: readonly SegmentRow[]): Wait | undefined {
  if (dueAt < heldForEvidence) return undefined;
  const until = segments.find(({ state }) => state === 'ambiguous')?.settle_by ?? undefined;
  const message =
    'It may have been sent, and no result came: what shows that it was, or was not, is awaited.';
  return { reason: 'evidence', message, until };
}

function batchWait({ due_at: dueAt }: OutboundRow): Wait | undefined {
  if (dueAt !== heldByPerson) return undefined;
  return { reason: 'batch_paused', message: 'Its batch is paused. Resume the batch to send it.' };
}
