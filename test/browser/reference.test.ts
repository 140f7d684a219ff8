import { showReference } from './reference-page.ts';

showReference(['/v1/sms/send', '/v1/numbers']);
