import './theme/first.css';
import { keepEarlyKey } from './shell/early-key.ts';
import { schemeNow } from './theme/scheme.ts';

/** So long a frame is waited for. */
const patienceMs = 1_000;

// Known before anything is painted: who chose dark must not be flashed at.
document.documentElement.setAttribute('data-mantine-color-scheme', schemeNow());
keepEarlyKey();
afterFirstFrame(() => void import('./main.tsx'));

/** A slow processor is let paint what stands in the page before it reads the program. What is not seen has no frames. */
function afterFirstFrame(begin: () => void): void {
  if (document.hidden) return begin();
  const patience = setTimeout(begin, patienceMs);
  requestAnimationFrame(() => {
    clearTimeout(patience);
    setTimeout(begin);
  });
}
