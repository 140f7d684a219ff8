/**
 * How a modem that stopped serving is brought back: in steps, each only when the one before did not help.
 *
 * ```
 *   resynchronise ─► initialise ─► reopen ─► restart ─► await_return ─► needs_person ─┐
 *    ESC and AT      set it up      close     AT+CFUN    60 s to come     keeps trying │
 *    (the channel     again on      and open   =1,1 or    back on the      slowly  ▲───┘
 *     does it)        this port     the port   maker's    bus
 * ```
 *
 * Pure: what happened goes in, the next state and the next move come out. `at` is monotonic time, `now` is wall time,
 * both in milliseconds.
 */
export type RecoveryStep =
  | 'resynchronise'
  | 'initialise'
  | 'reopen'
  | 'restart'
  | 'await_return'
  | 'needs_person';

/**
 * - `timeout`: one command brought no answer, and the line is being brought back into step
 * - `silence`: the line did not come back into step, AT is not answered
 * - `boot`: the modem said that it starts anew
 * - `trouble`: a send met with what a new start may mend
 * - `setup`: it could not be brought up
 * - `port`: the port failed
 */
export type FailureKind = 'timeout' | 'silence' | 'boot' | 'trouble' | 'setup' | 'port';

export interface Failure {
  readonly kind: FailureKind;
  /** In plain words. */
  readonly reason: string;
  /** Whether this was ever known to be a modem: only such a one is restarted. */
  readonly identified: boolean;
  readonly at: number;
  readonly now: number;
}

/** What is done next: after the pause, set up anew on the open port, open the port anew, or restart the modem first. */
export interface Move {
  readonly action: 'none' | 'initialise' | 'reopen' | 'restart';
  readonly pauseMs: number;
}

export interface RecoveryState {
  /** The step that was taken last; undefined while nothing is wrong. */
  readonly step: RecoveryStep | undefined;
  readonly reason: string;
  /** When the trouble began, wall time. */
  readonly since: number;
  /** Moves since the trouble began, and those of the present step. */
  readonly attempts: number;
  readonly tries: number;
  /** Commands in a row that brought no answer. */
  readonly unanswered: number;
  /** Since when it serves again, monotonic. */
  readonly servingSince: number | undefined;
  /** When it was last told to restart, monotonic. */
  readonly restartedAt: number;
  /** When it started anew by itself or was restarted from here, but not by a person; monotonic, in the last day. */
  readonly restarts: readonly number[];
  /** Its port did not come back after the restart. */
  readonly vanished: boolean;
}

/** It must serve for so long until the next failure is a first one again. */
export const steadyMs = 120_000;
const restartEveryMs = 600_000;
const returnWithinMs = 60_000;
const dayMs = 86_400_000;
/** One that restarts more often in a day than this is told about enough. */
const mostRestarts = 1_000;
const unansweredInARow = 3;

const order: readonly RecoveryStep[] = [
  'resynchronise',
  'initialise',
  'reopen',
  'restart',
  'await_return',
  'needs_person',
];

/** Pauses before each try of a step, the last one again and again. */
const pausesMs: Readonly<Record<RecoveryStep, readonly number[]>> = {
  resynchronise: [0],
  initialise: [0],
  reopen: [500, 2_000, 5_000, 10_000, 30_000],
  restart: [0],
  await_return: [2_000],
  needs_person: [30_000, 60_000],
};

/** A port that is not there costs nothing to look for. */
const absentPauseMs = 500;

const entries: Readonly<Record<FailureKind, RecoveryStep>> = {
  timeout: 'initialise',
  silence: 'reopen',
  boot: 'initialise',
  trouble: 'initialise',
  setup: 'initialise',
  port: 'reopen',
};

export const calm: RecoveryState = {
  step: undefined,
  reason: '',
  since: 0,
  attempts: 0,
  tries: 0,
  unanswered: 0,
  servingSince: undefined,
  restartedAt: Number.NEGATIVE_INFINITY,
  restarts: [],
  vanished: false,
};

/** Nothing is wrong any more; what was restarted and when is kept. */
function calmed({ restartedAt, restarts }: RecoveryState): RecoveryState {
  return { ...calm, restartedAt, restarts };
}

/** Something failed: the next state, and what to do. */
export function failed(state: RecoveryState, failure: Failure): { state: RecoveryState; move: Move } {
  if (failure.kind === 'boot' && isRestarting(state, failure.at))
    return { state: { ...state, unanswered: 0 }, move: { action: 'initialise', pauseMs: 0 } };
  if (failure.kind === 'timeout' && state.unanswered + 1 < unansweredInARow) return noted(state, failure);
  const { at, now, kind, reason } = failure;
  const held = state.servingSince !== undefined && at - state.servingSince >= steadyMs;
  const before = held || state.step === 'resynchronise' ? calmed(state) : state;
  const step = nextStep(before, failure);
  const tries = before.step === step ? before.tries + 1 : 1;
  const action = actionOf(step, before, failure);
  const restarts = [kind === 'boot', action === 'restart'].flatMap((restarted) => (restarted ? [at] : []));
  const next: RecoveryState = {
    ...before,
    step,
    reason,
    tries,
    since: before.step ? before.since : now,
    attempts: before.attempts + 1,
    unanswered: 0,
    servingSince: undefined,
    restartedAt: action === 'restart' ? at : before.restartedAt,
    restarts: [...lastDay(before, at), ...restarts].slice(-mostRestarts),
    vanished: false,
  };
  return { state: next, move: { action, pauseMs: pauseOf(step, tries) } };
}

/** It was told to restart and has not served since: that it says so is no other restart. */
function isRestarting({ step, servingSince, restartedAt }: RecoveryState, at: number): boolean {
  const told = step === 'restart' || step === 'await_return';
  return told && servingSince === undefined && at - restartedAt < returnWithinMs;
}

const orderedReason = 'a person had it restarted';

/** Whether it is away because a person had it restarted. */
export function isOrdered(shown: Pick<RecoveryState, 'reason'> | undefined): boolean {
  return shown?.reason === orderedReason;
}

/** A person had it restarted: it is waited for as after a restart of ours, and nothing counts against it. */
export function ordered(state: RecoveryState, at: number, now: number): { state: RecoveryState; move: Move } {
  const begun = { ...calmed(state), step: 'restart', since: now, attempts: 1, tries: 1 } as const;
  return {
    state: { ...begun, reason: orderedReason, restartedAt: at },
    move: { action: 'initialise', pauseMs: 0 },
  };
}

/** The channel itself brings the line back into step; on a higher step that changes nothing. */
function noted(state: RecoveryState, { now, reason }: Failure): { state: RecoveryState; move: Move } {
  const unanswered = state.unanswered + 1;
  const move: Move = { action: 'none', pauseMs: 0 };
  if (state.step && state.step !== 'resynchronise') return { state: { ...state, unanswered }, move };
  const since = state.step ? state.since : now;
  const attempts = state.attempts + 1;
  return { state: { ...state, step: 'resynchronise', reason, since, attempts, unanswered }, move };
}

function nextStep(before: RecoveryState, { kind, identified, at }: Failure): RecoveryStep {
  if (!identified) return 'reopen';
  const entry = entries[kind];
  if (!before.step) return entry;
  const climbed = isExhausted(before, at)
    ? (order[order.indexOf(before.step) + 1] ?? before.step)
    : before.step;
  const step = order.indexOf(climbed) < order.indexOf(entry) ? entry : climbed;
  return step === 'restart' && at - before.restartedAt < restartEveryMs ? 'reopen' : step;
}

function isExhausted({ step, tries, restartedAt }: RecoveryState, at: number): boolean {
  if (step === 'reopen') return tries >= 2;
  if (step === 'await_return') return at - restartedAt >= returnWithinMs;
  return step !== 'needs_person';
}

function actionOf(
  step: RecoveryStep,
  before: RecoveryState,
  { kind, identified, at }: Failure,
): Move['action'] {
  if (step === 'initialise') return kind === 'port' ? 'reopen' : 'initialise';
  const mayRestart = identified && at - before.restartedAt >= restartEveryMs;
  return step === 'restart' || (step === 'needs_person' && mayRestart) ? 'restart' : 'reopen';
}

function pauseOf(step: RecoveryStep, tries: number): number {
  const pauses = pausesMs[step];
  return pauses[Math.min(tries, pauses.length) - 1] ?? 0;
}

/** A command was answered. */
export function answered(state: RecoveryState): RecoveryState {
  if (state.step === 'resynchronise') return calmed(state);
  return state.unanswered === 0 ? state : { ...state, unanswered: 0 };
}

/** It is up and serves; whether that holds shows in time. */
export function serving(state: RecoveryState, at: number): RecoveryState {
  return state.servingSince === undefined ? { ...state, servingSince: at } : state;
}

/** It has served for long enough: the trouble is over. */
export function steady(state: RecoveryState, at: number): RecoveryState {
  const held = state.servingSince !== undefined && at - state.servingSince >= steadyMs;
  return held && state.step ? { ...calmed(state), servingSince: state.servingSince } : state;
}

/**
 * The port is not there. After a restart that is waited for, and after a minute it needs a person; else somebody pulled
 * the modem out, or its power failed, and when it comes back it begins a new life.
 */
export function absent(state: RecoveryState, at: number): { state: RecoveryState; move: Move } {
  const move: Move = { action: 'reopen', pauseMs: absentPauseMs };
  const away = { ...state, servingSince: undefined, unanswered: 0 };
  if (state.vanished) return { state: away, move };
  if (state.step !== 'restart' && state.step !== 'await_return') return { state: calmed(state), move };
  if (at - state.restartedAt < returnWithinMs) return { state: { ...away, step: 'await_return' }, move };
  const reason = 'it did not come back on the bus after its restart';
  return { state: { ...away, step: 'needs_person', tries: 1, vanished: true, reason }, move };
}

/** The port was opened: a modem that had not come back was plugged in again by somebody. */
export function opened(state: RecoveryState): RecoveryState {
  return state.vanished ? calmed(state) : state;
}

/** How often it started anew in the day before `at`. */
export function restartsInADay(state: RecoveryState, at: number): number {
  return lastDay(state, at).length;
}

/** How long after `at` the number of the last day gets smaller; undefined where there is none. Milliseconds. */
export function untilFewerRestarts(state: RecoveryState, at: number): number | undefined {
  const [oldest] = lastDay(state, at);
  return oldest === undefined ? undefined : oldest + dayMs - at;
}

function lastDay({ restarts }: RecoveryState, at: number): readonly number[] {
  return restarts.filter((time) => at - time < dayMs);
}

/** What is known of one modem from two ports of it: the trouble that is deeper, and the restarts of both. */
export function joined(one: RecoveryState, other: RecoveryState): RecoveryState {
  const rank = ({ step }: RecoveryState) => (step ? order.indexOf(step) : -1);
  const deeper = rank(one) >= rank(other) ? one : other;
  const restarts = [...one.restarts, ...other.restarts].sort((a, b) => a - b);
  const restartedAt = Math.max(one.restartedAt, other.restartedAt);
  return { ...deeper, servingSince: undefined, restartedAt, restarts: restarts.slice(-mostRestarts) };
}
