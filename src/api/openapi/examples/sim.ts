import type { SimView } from '../../../contract/sim.ts';
import { defaultSimSettings } from '../../../contract/sim-settings.ts';
import { modemExample } from './modem.ts';

export const simExample: SimView = {
  ...defaultSimSettings,
  iccid: '8901260123456789012',
  imsi: '310260123456789',
  number: '+14155552671',
  label: 'Front desk',
  smsc: '+15550000000',
  has_pin: true,
  online: true,
  paused: false,
  modem_id: modemExample.id,
  presumed_modem_id: null,
  last_seen_at: '2026-06-08T13:30:06Z',
  balance: null,
};
