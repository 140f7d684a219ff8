import type { Message } from '../../src/contract/message.ts';
import type { ModemView } from '../../src/contract/modem.ts';

/** A delivered text, with whatever differs. */
export function aMessage(differs: Partial<Message> = {}): Message {
  return {
    message_id: '01907000-0000-7000-8000-000000000001',
    from: '+15550100142',
    to: '+15550174439',
    body: 'See you then.',
    direction: 'outbound',
    segment_count: 1,
    status: 'delivered',
    failure_reason: null,
    sent_at: '2026-06-08T13:30:07Z',
    delivered_at: '2026-06-08T13:30:09Z',
    cost_usd: null,
    created_at: '2026-06-08T13:30:06Z',
    client_reference: null,
    encoding: 'gsm7',
    ...differs,
  };
}

/** A modem that is ready, with whatever differs. */
export function aModem(differs: Partial<ModemView> = {}): ModemView {
  return {
    id: '867000000000001',
    port: '/dev/ttyUSB2',
    state: 'ready',
    problem: null,
    manufacturer: 'Quectel',
    model: 'EC25-E',
    firmware: 'EC25EFAR06A03M4G',
    imei: '867000000000001',
    iccid: '8949020000012345678',
    imsi: '262010000000001',
    number: '+4915117730021',
    label: 'Alerts',
    operator: 'Telekom.de',
    technology: 'LTE',
    registration: 'home',
    registrations: { circuit: 'home', packet: 'home', evolved: 'home' },
    signal_dbm: -67,
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
    last_sent_at: null,
    last_received_at: null,
    last_seen_at: '2026-06-08T13:30:06Z',
    ...differs,
  };
}
