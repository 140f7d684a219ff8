import { useCallback, useSyncExternalStore } from 'react';

/** So many are kept; the one that was touched longest ago gives way. */
const mostKept = 50;

const kept = new Map<string, unknown>();
const listeners = new Set<() => void>();

/**
 * What is typed and not sent yet, and what a modem or the network said to it, by the name of its form. It stays as long
 * as the page is there: whoever looks something up on another screen finds it again, and a gateway that starts anew
 * takes nothing away. `initial` must be the same object each time.
 */
export function useDraft<Draft>(
  name: string,
  initial: Draft,
): readonly [Draft, (change: (before: Draft) => Draft) => void] {
  const read = () => (kept.get(name) as Draft | undefined) ?? initial;
  const draft = useSyncExternalStore(subscribe, read, read);
  const write = useCallback(
    (change: (before: Draft) => Draft) =>
      keep(name, change((kept.get(name) as Draft | undefined) ?? initial)),
    [name, initial],
  );
  return [draft, write];
}

/** Writes a draft in the place of what was typed so far. */
export function keep(name: string, draft: unknown): void {
  kept.delete(name);
  kept.set(name, draft);
  const [oldest = name] = kept.keys();
  if (kept.size > mostKept) kept.delete(oldest);
  for (const listener of listeners) listener();
}

/** For whoever signs in next. */
export function forgetDrafts(): void {
  kept.clear();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
