export type Scheme = 'light' | 'dark';

/** Where the component library keeps which theme was chosen in this browser. */
const schemeKey = 'mantine-color-scheme-value';

/** What a person chose here; else what the system wears. */
export function schemeNow(): Scheme {
  return chosenScheme() ?? (darkSystem().matches ? 'dark' : 'light');
}

/** Whether the system is dark, and when that changes. */
export function darkSystem(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

function chosenScheme(): Scheme | undefined {
  try {
    const chosen = localStorage.getItem(schemeKey);
    return chosen === 'light' || chosen === 'dark' ? chosen : undefined;
  } catch {
    // a browser that keeps nothing wears what its system does
    return undefined;
  }
}
