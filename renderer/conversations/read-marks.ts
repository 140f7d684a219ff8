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

/** All texts of a number up to `moment` (UTC as the API writes it) are seen. */
export function markRead(number: string, moment: string): void {
  if ((marks[number] ?? '') >= moment) return;
  const { [number]: _before, ...others } = marks;
  const kept = Object.entries(others).slice(-mostMarks);
  save({ ...Object.fromEntries(kept), first: marks.first ?? moment, [number]: moment });
}

function load(): Marks {
  const first = `${new Date().toISOString().slice(0, 19)}Z`;
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
    if (typeof kept === 'object' && kept !== null) return kept as Marks;
  } catch {
    // what cannot be read is begun anew
  }
  return keep({ first });
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

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
