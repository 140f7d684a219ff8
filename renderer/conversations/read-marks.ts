import { useCallback, useSyncExternalStore } from 'react';

const place = 'postern.read';
/** Numbers whose mark is kept; the oldest are forgotten first. */
const mostMarks = 500;

type Marks = Readonly<Record<string, string>>;

let marks: Marks = load();
const listeners = new Set<() => void>();

/** Up to which moment each number's texts were seen in this browser. What was there before its first visit counts as seen. */
export function useReadMarks(): (number: string) => string {
  const kept = useSyncExternalStore(subscribe, () => marks);
  return useCallback((number) => kept[number] ?? kept.first ?? '', [kept]);
}

/** What another tab has marked, which began with the marks of its own time, counts here too. */
function later(one: Marks, other: Marks): Marks {
  const marked = { ...one };
  for (const [number, moment] of Object.entries(other)) {
    if ((marked[number] ?? '') < moment) marked[number] = moment;
  }
  return marked;
}

/** All texts of a number up to `moment` (UTC as the API writes it) are seen. */
export function markRead(number: string, moment: string): void {
  if ((marks[number] ?? '') >= moment) return;
  const { [number]: _before, ...others } = later(marks, written() ?? {});
  const kept = Object.entries(others).slice(-mostMarks);
  save({ ...Object.fromEntries(kept), first: marks.first ?? moment, [number]: moment });
}

/** What cannot be read is begun anew. */
function load(): Marks {
  return written() ?? keep({ first: `${new Date().toISOString().slice(0, 19)}Z` });
}

/** What this or another tab has written last. */
function written(): Marks | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
    return typeof kept === 'object' && kept !== null ? (kept as Marks) : undefined;
  } catch {
    return undefined;
  }
}

function save(next: Marks): void {
  marks = keep(next);
  for (const listener of listeners) listener();
}

/** A browser that keeps nothing still knows it until the page is closed. */
function keep(next: Marks): Marks {
  try {
    localStorage.setItem(place, JSON.stringify(next));
  } catch {
    return next;
  }
  return next;
}

function hearOthers(event: StorageEvent): void {
  if (event.key !== place) return;
  marks = later(marks, written() ?? {});
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', hearOthers);
  return () => listeners.delete(listener);
}
