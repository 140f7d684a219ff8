import { tellOfTheSettings } from './settings-stories.ts';
import { inTurn } from './sights.ts';

tellOfTheSettings(inTurn);
