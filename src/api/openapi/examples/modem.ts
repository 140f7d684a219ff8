import type { HealthSeries } from '../../../contract/health.ts';
import type { ModemView, OwnNumber } from '../../../contract/modem.ts';
import type { AtAnswer, AtLogView, UssdAnswer } from '../../../contract/modem-actions.ts';
import type { PortView } from '../../../contract/port.ts';

export const modemExample: ModemView = {
  id: '356938035643809',
  port: '/dev/ttyUSB2',
  state: 'ready',
  problem: null,
  manufacturer: 'Huawei',
  model: 'E173',
  firmware: '11.126.85.00.209',
  imei: '356938035643809',
  iccid: '8901260123456789012',
  imsi: '310260123456789',
  number: '+14155552671',
  label: 'Front desk',
  operator: 'T-Mobile',
  technology: 'UMTS',
  registration: 'home',
  registrations: { circuit: 'home', packet: 'home', evolved: null },
  signal_dbm: -71,
  signal_bars: 4,
  reference_signal_dbm: null,
  quality_db: null,
  noise_ratio_db: null,
  band: null,
  smsc: '+15550000000',
  storage: [{ name: 'ME', used: 0, total: 255 }],
  temperature_c: null,
  supply_v: null,
  warnings: [],
  queue_depth: 0,
  recovery: null,
  restarts_last_day: 0,
  ussd_way: 'automatic',
  emulated: false,
  is_new: false,
  last_sent_at: '2026-06-08T13:29:51Z',
  last_received_at: '2026-06-08T13:12:40Z',
  last_seen_at: '2026-06-08T13:30:06Z',
};

export const portExample: PortView = {
  path: '/dev/ttyUSB2',
  device: 'Huawei Mobile Modem',
  use: 'modem',
  held_by: [{ program: 'ModemManager', pid: 812 }],
};

export const ownNumberExample: OwnNumber = {
  number: '+14155552671',
  label: 'Front desk',
  online: true,
  modem_id: modemExample.id,
  signal_dbm: -71,
  operator: 'T-Mobile',
  queue_depth: 0,
};

export const healthSeriesExample: HealthSeries = {
  modem_id: modemExample.id,
  from: '2026-06-08T13:00:00Z',
  to: '2026-06-08T13:05:00Z',
  step_seconds: 300,
  points: [
    {
      at: '2026-06-08T13:00:00Z',
      iccid: '8901260123456789012',
      online: 1,
      signal_dbm: -71,
      signal_min_dbm: -73,
      signal_max_dbm: -69,
      reference_signal_dbm: null,
      quality_db: null,
      temperature_c: null,
      temperature_max_c: null,
      supply_v: null,
      supply_min_v: null,
      storage_percent: 0,
      technology: 'UMTS',
      operator: 'T-Mobile',
    },
  ],
};

export const atLogExample: AtLogView = {
  modem_id: modemExample.id,
  lines: [
    { seq: 7, at: '2026-06-08T13:30:06.120Z', port: '/dev/ttyUSB2', direction: 'out', text: 'AT+CSQ' },
    { seq: 8, at: '2026-06-08T13:30:06.131Z', port: '/dev/ttyUSB2', direction: 'in', text: '+CSQ: 21,99' },
  ],
  last_seq: 8,
};

export const atAnswerExample: AtAnswer = {
  lines: ['+CSQ: 21,99'],
  result: 'OK',
  ok: true,
  elapsed_ms: 12,
  prompted: false,
};

export const ussdAnswerExample: UssdAnswer = { state: 'done', text: 'Your balance is 12.40 USD.' };
