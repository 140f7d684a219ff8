import './theme/first.css';

/** Where the component library keeps which theme was chosen in this browser. */
const schemeKey = 'mantine-color-scheme-value';
/** So long a frame is waited for. */
const patienceMs = 1_000;

wearChosenTheme();
afterFirstFrame(() => void import('./main.tsx'));

/** Before anything is painted: who chose dark must not be flashed at. */
function wearChosenTheme(): void {
  try {
    const chosen = localStorage.getItem(schemeKey);
    if (chosen === 'light' || chosen === 'dark') {
      document.documentElement.setAttribute('data-mantine-color-scheme', chosen);
    }
  } catch {
    // a browser that keeps nothing wears what its system does
  }
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
