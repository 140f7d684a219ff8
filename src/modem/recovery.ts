import type { Clock, Timer } from '../clock.ts';
import { attention, attentionInWords } from '../gsm/at/commands.ts';
import type { CommandLine, Outcome } from '../gsm/at/exchange.ts';
import type { Logger } from '../log.ts';
import { maskSecrets } from './modem-error.ts';
import {
  absent,
  answered,
  calm,
  type FailureKind,
  failed,
  joined,
  type Move,
  opened,
  ordered,
  type RecoveryState,
  type RecoveryStep,
  restartsInADay,
  serving,
  steady,
  steadyMs,
  untilFewerRestarts,
} from './recovery-ladder.ts';
import type { RecoveryRecords } from './recovery-records.ts';

/** Where the recovery of a modem stands, as it is shown. */
export interface RecoveryFacts {
  readonly step: RecoveryStep;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly attempts: number;
}

/** What `Recovery` tells. */
export interface RecoveryNews {
  readonly recovery: RecoveryFacts | undefined;
  /** How often the modem started anew in the last 24 hours. */
  readonly restartsInADay: number;
}

interface Surroundings {
  readonly port: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly records: RecoveryRecords;
  readonly tell: (news: RecoveryNews) => void;
}

/** After the machine slept, or its clock jumped, nothing that fails so soon is the modem's fault. */
const forgivenMs = 20_000;

/** Keeps the ladder of one modem: feeds it what happens, tells where it stands, and logs each step. */
export class Recovery {
  readonly #surroundings: Surroundings;
  #state: RecoveryState = calm;
  #imei: string | undefined;
  /** Its port was not there since it told its IMEI. */
  #away = false;
  #steadyTimer: Timer | undefined;
  #dayTimer: Timer | undefined;
  #forgivenUntil = Number.NEGATIVE_INFINITY;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get step(): RecoveryStep | undefined {
    return this.#state.step;
  }

  /** Something failed; what to do. */
  failed(kind: FailureKind, reason: string): Move {
    const { clock } = this.#surroundings;
    const at = clock.monotonic();
    if (at < this.#forgivenUntil) return { action: kind === 'timeout' ? 'none' : 'reopen', pauseMs: 500 };
    const failure = { kind, reason, identified: this.#imei !== undefined, at, now: clock.now() };
    const { state, move } = failed(this.#state, failure);
    this.#steadyTimer?.cancel();
    this.#become(state);
    if (state.step !== 'resynchronise') this.#log(move);
    return move;
  }

  /** A person had it restarted: what follows from that is no fault, and it is not restarted again so soon. */
  ordered(): Move {
    const { clock } = this.#surroundings;
    this.#steadyTimer?.cancel();
    const { state, move } = ordered(this.#state, clock.monotonic(), clock.now());
    this.#become(state);
    return move;
  }

  /** The port is not there; when to look again. */
  absent(): Move {
    const { clock, records } = this.#surroundings;
    this.#steadyTimer?.cancel();
    const before = this.#state.step;
    const { state, move } = absent(this.#state, clock.monotonic());
    this.#become(state);
    if (state.step === 'needs_person' && before !== 'needs_person') this.#log(move);
    this.#away = true;
    if (this.#imei) records.release(this.#imei, this);
    return move;
  }

  /** The port is open. */
  opened(): void {
    this.#become(opened(this.#state));
  }

  /** An exchange came to its end; what to do where it was one too many without an answer. */
  heard(command: CommandLine, outcome: Outcome): Move | undefined {
    if (command === attention || command === attentionInWords) return undefined;
    if (outcome.kind !== 'lost') this.#become(answered(this.#state));
    if (outcome.kind !== 'lost' || outcome.cause !== 'timeout' || outcome.payloadWritten) return undefined;
    const count = this.#state.unanswered + 1;
    const text = maskSecrets(command.text);
    const reason =
      count === 1
        ? `${text} was not answered`
        : `${count} commands in a row were not answered, ${text} the last`;
    const move = this.failed('timeout', reason);
    return move.action === 'none' ? undefined : move;
  }

  /** The modem has told which one it is: what happened to it at another port counts here. */
  identified(imei: string): void {
    if (imei === this.#imei && !this.#away) return;
    const { records, clock } = this.#surroundings;
    const returned = imei === this.#imei;
    if (!returned && this.#imei) this.release();
    this.#imei = imei;
    this.#away = false;
    const other = records.claim(imei, this);
    const known = other && steady(other, clock.monotonic());
    this.#become(known ? (returned ? known : joined(this.#state, known)) : this.#state);
  }

  /** It is up and serves. */
  serving(): void {
    const { clock } = this.#surroundings;
    if (this.#state.servingSince !== undefined) return;
    this.#become(serving(this.#state, clock.monotonic()));
    this.#steadyTimer?.cancel();
    this.#steadyTimer = clock.after(steadyMs, () => {
      if (this.#state.step)
        this.#surroundings.log.info({ port: this.#surroundings.port }, 'the modem serves again');
      this.#become(steady(this.#state, clock.monotonic()));
    });
  }

  /** What fails in the next seconds is no fault of the modem. */
  forgive(): void {
    this.#forgivenUntil = this.#surroundings.clock.monotonic() + forgivenMs;
    this.#become(answered(this.#state));
  }

  /** The port is let go for good, or another modem is at it. */
  release(): void {
    this.#steadyTimer?.cancel();
    this.#dayTimer?.cancel();
    if (this.#imei) this.#surroundings.records.release(this.#imei, this);
    this.#imei = undefined;
    this.#state = calm;
  }

  #become(state: RecoveryState): void {
    const before = this.#state;
    this.#state = state;
    const { records } = this.#surroundings;
    if (this.#imei) records.save(this.#imei, this, state);
    const shown =
      before.step !== state.step || before.attempts !== state.attempts || before.reason !== state.reason;
    if (!shown && before.restarts === state.restarts) return;
    this.#tell();
  }

  /** Told again when the number of the last day gets smaller, which nothing else would tell. */
  #tell(): void {
    const { clock, tell } = this.#surroundings;
    const { step, reason, since, attempts } = this.#state;
    const at = clock.monotonic();
    this.#dayTimer?.cancel();
    const fewerInMs = untilFewerRestarts(this.#state, at);
    if (fewerInMs !== undefined) this.#dayTimer = clock.after(fewerInMs, () => this.#tell());
    tell({
      recovery: step && { step, reason, since, attempts },
      restartsInADay: restartsInADay(this.#state, at),
    });
  }

  #log({ action, pauseMs }: Move): void {
    const { log, port } = this.#surroundings;
    const { step, reason, attempts } = this.#state;
    const level = step === 'restart' || step === 'needs_person' ? 'warn' : 'info';
    log[level]({ port, step, reason, attempts, action, pauseMs }, 'bringing the modem back');
  }
}
