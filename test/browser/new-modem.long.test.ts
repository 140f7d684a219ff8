import { tellOfNewModem } from './new-modem-stories.ts';
import { everySight } from './sights.ts';

tellOfNewModem(everySight);
