import { tellOfNewModem } from './new-modem-stories.ts';
import { inTurn } from './sights.ts';

tellOfNewModem(inTurn);
