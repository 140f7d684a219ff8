import { useCallback, useSyncExternalStore } from 'react';
import { keptInTab, keepInTab } from './kept-in-tab.ts';

/** The forms whose drafts are kept. */
export type DraftName = 'compose' | `reply ${string}` | `console:${string}` | `ussd:${string}`;

/** So many are kept; the one that was touched longest ago gives way. */
const mostKept = 50;
/** Texts outlive the page; what is said to a modem may hold a PIN and is written down nowhere. */
const outlivesPage = /^(?:compose$|reply )/;
/** What is typed is written down when the typing pauses, and when the page goes. */
const pauseMs = 500;

const place = 'postern.drafts';
const kept = new Map<string, unknown>(keptInTab(place));
const listeners = new Set<() => void>();
let pause: ReturnType<typeof setTimeout> | undefined;

/**
 * What is typed and not sent yet, and what a modem or the network said to it, by the name of its form. It stays as long
 * as the page is there: whoever looks something up on another screen finds it again, and a gateway that starts anew
 * takes nothing away. Texts stay in their tab also when the page is loaded anew. `initial` must be the same object each
 * time.
 */
export function useDraft<Draft>(
  name: DraftName,
  initial: Draft,
): readonly [Draft, (change: (before: Draft) => Draft) => void] {
  const read = () => draftOf(name, initial);
  const draft = useSyncExternalStore(subscribe, read, read);
  const write = useCallback(
    (change: (before: Draft) => Draft) => keep(name, change(draftOf(name, initial))),
    [name, initial],
  );
  return [draft, write];
}

/** Writes a draft in the place of what was typed so far. */
export function keep(name: DraftName, draft: unknown): void {
  kept.delete(name);
  kept.set(name, draft);
  const [oldest = name] = kept.keys();
  if (kept.size > mostKept) kept.delete(oldest);
  if (outlivesPage.test(name)) writeDownSoon();
  for (const listener of listeners) listener();
}

/** For whoever signs in next. */
export function forgetDrafts(): void {
  kept.clear();
  writeDown();
  for (const listener of listeners) listener();
}

/** What is kept, unless a page of another version has written something else. */
export function draftOf<Draft>(name: DraftName, initial: Draft): Draft {
  const draft = kept.get(name);
  return isLike(draft, initial) ? draft : initial;
}

function isLike<Draft>(draft: unknown, initial: Draft): draft is Draft {
  if (typeof draft !== typeof initial || draft === null) return false;
  if (typeof initial !== 'object') return true;
  return Object.entries(initial ?? {}).every(
    ([field, value]) => typeof (draft as Record<string, unknown>)[field] === typeof value,
  );
}

function writeDownSoon(): void {
  clearTimeout(pause);
  pause = setTimeout(writeDown, pauseMs);
  addEventListener('pagehide', writeDown);
}

function writeDown(): void {
  clearTimeout(pause);
  keepInTab(
    place,
    [...kept].filter(([name]) => outlivesPage.test(name)),
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
