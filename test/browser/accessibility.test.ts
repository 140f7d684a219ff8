import { lookAtEveryPage } from './every-page.ts';
import { inTurn } from './sights.ts';

lookAtEveryPage(inTurn);
