const place = 'postern.last-left';

/** When somebody signed out in this browser the last time, in whichever tab; empty where nobody did. */
export function lastLeft(): string {
  try {
    return localStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}

/** Somebody signs out now. A browser that keeps nothing has no drafts of before either. */
export function noteLeaving(): void {
  try {
    localStorage.setItem(place, new Date().toISOString());
  } catch {
    // the tabs that are there are told
  }
}
