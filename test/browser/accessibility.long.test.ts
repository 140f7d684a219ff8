import { lookAtEveryPage } from './every-page.ts';
import { otherwise } from './sights.ts';

lookAtEveryPage(otherwise);
