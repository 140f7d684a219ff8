import { showReference } from './reference-page.ts';

showReference('all');
