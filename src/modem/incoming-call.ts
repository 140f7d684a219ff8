import type { Clock, Timer } from '../clock.ts';
import type { Unsolicited } from '../gsm/at/unsolicited.ts';

/** A call that came, or that ended with nobody taking it; `from` undefined where the caller hides the number. */
export interface CallEvent {
  readonly kind: 'incoming' | 'missed';
  readonly from: string | undefined;
}

/** Modems ring every three to six seconds: without a ring for so long the call is over. */
const silenceMs = 10_000;
/** So long after a ring its caller may still be named; a second ring ends the wait too. */
const callerWaitMs = 3_000;
/** What a modem tells of a call in several ways comes within this time. */
const aftermathMs = 10_000;

interface Call {
  from: string | undefined;
  told: boolean;
  silence: Timer;
  callerWait: Timer;
}

/**
 * Makes one call of the rings of a modem: RING or +CRING again and again, +CLIP after each (TS 27.007 6.11 and 7.11), and
 * whatever tells of its end. Nothing is answered here, so that every call ends as missed.
 */
export class IncomingCalls {
  readonly #clock: Clock;
  readonly #tell: (event: CallEvent) => void;
  #call: Call | undefined;
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, tell: (event: CallEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  take(event: Unsolicited): void {
    switch (event.type) {
      case 'ring':
        return this.#onRing();
      case 'caller':
        return this.#onCaller(event.number);
      case 'call-ended':
        return this.end();
      case 'call-missed':
        return this.#onMissed(event.number);
    }
  }

  /** The call is over, or no more will be heard of it. */
  end(): void {
    const call = this.#call;
    if (!call) return;
    call.silence.cancel();
    call.callerWait.cancel();
    this.#call = undefined;
    this.#endedAt = this.#clock.monotonic();
    this.#tellIncoming(call);
    this.#tell({ kind: 'missed', from: call.from });
  }

  #onRing(): void {
    const call = this.#call;
    if (!call) return void this.#begin();
    call.silence.cancel();
    call.silence = this.#untilSilence();
    this.#tellIncoming(call);
  }

  #onCaller(number: string | undefined): void {
    if (this.#call?.from !== undefined && number !== undefined && this.#call.from !== number) this.end();
    const call = this.#call ?? this.#begin();
    call.from ??= number;
    this.#tellIncoming(call);
  }

  /** Told behind the end of a call that was heard, or of one that never rang here. */
  #onMissed(number: string | undefined): void {
    if (!this.#call && this.#clock.monotonic() - this.#endedAt < aftermathMs) return;
    const call = this.#call ?? this.#begin();
    call.from ??= number;
    this.end();
  }

  #begin(): Call {
    const call: Call = {
      from: undefined,
      told: false,
      silence: this.#untilSilence(),
      callerWait: this.#clock.after(callerWaitMs, () => this.#tellIncoming(call)),
    };
    this.#call = call;
    return call;
  }

  #untilSilence(): Timer {
    return this.#clock.after(silenceMs, () => this.end());
  }

  #tellIncoming(call: Call): void {
    if (call.told) return;
    call.told = true;
    call.callerWait.cancel();
    this.#tell({ kind: 'incoming', from: call.from });
  }
}
