/**
 * Time of the main process, turned by the test where STAND_IN_HANDS is set: timers of its own code wait until the test
 * turns the hands. Child processes and sockets keep the real time.
 */
interface Waiting {
  readonly at: number;
  readonly delayMs: number;
  readonly action: () => void;
}

/** What is shorter than this belongs to Node.js and the stand-in, not to a wait of the app. */
const shortestMs = 100;

const realTimeout = globalThis.setTimeout;
const realClear = globalThis.clearTimeout;
const realNow = performance.now.bind(performance);
const waiting = new Map<object, Waiting>();
let turnedMs = 0;

if (process.env.STAND_IN_HANDS) install();

/** How long the app waits for what it waits for, in milliseconds from when it began to. */
export function waits(): number[] {
  return [...waiting.values()].map(({ delayMs }) => delayMs).sort((one, other) => one - other);
}

/** Lets so many milliseconds pass at once, running what falls due in its order. */
export function advance(ms: number): void {
  const end = turnedMs + ms;
  for (let next = due(end); next; next = due(end)) {
    waiting.delete(next[0]);
    turnedMs = next[1].at;
    next[1].action();
  }
  turnedMs = end;
}

function due(end: number): [object, Waiting] | undefined {
  return [...waiting].filter(([, { at }]) => at <= end).sort((one, other) => one[1].at - other[1].at)[0];
}

function install(): void {
  const turned = (action: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]) => {
    if (delayMs < shortestMs) return realTimeout(action, delayMs, ...values);
    const handle = { unref: () => handle, ref: () => handle, hasRef: () => true };
    waiting.set(handle, { at: turnedMs + delayMs, delayMs, action: () => action(...values) });
    return handle;
  };
  globalThis.setTimeout = turned as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((handle: never) => {
    if (!waiting.delete(handle)) realClear(handle);
  }) as typeof clearTimeout;
  const startedAt = Math.round(realNow()); // a fraction would make differences of whole milliseconds inexact
  performance.now = () => startedAt + turnedMs;
}
