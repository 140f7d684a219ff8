/** What was pressed longer ago than this was meant for something else. */
const freshMs = 5_000;

let early: KeyboardEvent | undefined;

function keep(event: KeyboardEvent): void {
  early = event;
}

/** Keeps the last key that is pressed while the page is opening, before anything is there that heeds it. */
export function keepEarlyKey(): void {
  document.addEventListener('keydown', keep);
}

/** That key, once, where it was pressed just now; from then on none is kept. */
export function takeEarlyKey(): KeyboardEvent | undefined {
  document.removeEventListener('keydown', keep);
  const taken = early && performance.now() - early.timeStamp < freshMs ? early : undefined;
  early = undefined;
  return taken;
}
