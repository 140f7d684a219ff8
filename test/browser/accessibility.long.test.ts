import { lookAtEveryPage } from './every-page.ts';

lookAtEveryPage([
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 400 },
]);
