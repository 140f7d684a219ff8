import { lookAtEveryPage } from './every-page.ts';

/** Each theme and each width once; the other two pairs of them are a matter of `npm run test:long`. */
lookAtEveryPage([
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 400 },
]);
