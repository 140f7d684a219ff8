import './theme/first.css';
import { keepEarlyKey } from './shell/early-key.ts';

/** Where the component library keeps which theme was chosen in this browser. */
const schemeKey = 'mantine-color-scheme-value';
/** So long a frame is waited for. */
const patienceMs = 1_000;

document.documentElement.setAttribute('data-mantine-color-scheme', chosenScheme() ?? systemScheme());
keepEarlyKey();
afterFirstFrame(() => void import('./main.tsx'));

/** What a person chose here. Known before anything is painted: who chose dark must not be flashed at. */
function chosenScheme(): 'light' | 'dark' | undefined {
  try {
    const chosen = localStorage.getItem(schemeKey);
    return chosen === 'light' || chosen === 'dark' ? chosen : undefined;
  } catch {
    // a browser that keeps nothing wears what its system does
    return undefined;
  }
}

function systemScheme(): 'light' | 'dark' {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** A slow processor is let paint what stands in the page before it reads the program. What is not seen has no frames. */
function afterFirstFrame(begin: () => void): void {
  if (document.hidden) return begin();
  const patience = setTimeout(begin, patienceMs);
  requestAnimationFrame(() => {
    clearTimeout(patience);
    setTimeout(begin);
  });
}
