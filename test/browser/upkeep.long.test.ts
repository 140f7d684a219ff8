import { tellOfTheSettings } from './settings-stories.ts';
import { otherwise } from './sights.ts';

tellOfTheSettings(otherwise);
