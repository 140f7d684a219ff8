/** Named values that were kept in this tab of the browser, also before the page was loaded anew; none that cannot be read. */
export function keptInTab(place: string): readonly (readonly [string, unknown])[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isNamed) : [];
  } catch {
    return [];
  }
}

/** Keeps named values in this tab, in the place of those before. A browser that keeps nothing goes without. */
export function keepInTab(place: string, values: readonly (readonly [string, unknown])[]): void {
  try {
    if (values.length === 0) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(values));
  } catch {
    // the page itself still knows them
  }
}

function isNamed(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string';
}
