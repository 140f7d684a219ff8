import type { EmulationView } from '../../../contract/emulation.ts';

export const emulationExample: EmulationView = {
  modems: 2,
  phones: [{ number: '+15550199001', behaviour: 'auto-reply' }],
};
