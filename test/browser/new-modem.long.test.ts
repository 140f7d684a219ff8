import { tellOfNewModem } from './new-modem-stories.ts';
import { otherwise } from './sights.ts';

tellOfNewModem(otherwise);
