import { tellOfNewModem } from './new-modem-stories.ts';

tellOfNewModem([]);
