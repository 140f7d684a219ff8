import { useMemo, useSyncExternalStore } from 'react';
import { keptInTab, keepInTab } from './kept-in-tab.ts';
import { lastLeft } from './last-left.ts';

/** The forms whose drafts are kept. */
export type DraftName = 'compose' | `reply ${string}` | `console:${string}` | `ussd:${string}`;

/** So many are kept; the one that was touched longest ago gives way. */
const mostKept = 50;
/** Texts outlive the page; what is said to a modem may hold a PIN and is written down nowhere. */
const outlivesPage = /^(?:compose$|reply )/;
/** What is typed is written down when the typing pauses, and when the page goes. */
const pauseMs = 500;

const place = 'postern.drafts';
/** What is written down says after which signing out it was typed. */
const leftName = 'left';
let left = lastLeft();
let timesForgotten = 0;
const kept = new Map<string, unknown>(keptSinceLeft());
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
  const since = useSyncExternalStore(
    subscribe,
    () => timesForgotten,
    () => timesForgotten,
  );
  const write = useMemo(() => writerOf(name, initial, since), [name, initial, since]);
  return [draft, write];
}

/** Changes a draft until drafts are forgotten: an answer that comes later is for nobody who is there. */
export function writerOf<Draft>(name: DraftName, initial: Draft, since = timesForgotten) {
  return (change: (before: Draft) => Draft): void => {
    if (since === timesForgotten) keep(name, change(draftOf(name, initial)));
  };
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
  timesForgotten++;
  left = lastLeft();
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
  const lasting = [...kept].filter(([name]) => outlivesPage.test(name));
  keepInTab(place, lasting.length === 0 ? [] : [[leftName, left], ...lasting]);
}

/** A tab that showed something else, or was put to sleep, hears nothing of a signing out: it is seen when it is back. */
function keptSinceLeft(): readonly (readonly [string, unknown])[] {
  const written = keptInTab(place);
  const [[, before] = [leftName, '']] = written.filter(([name]) => name === leftName);
  if (before === left) return written.filter(([name]) => name !== leftName);
  keepInTab(place, []);
  return [];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
