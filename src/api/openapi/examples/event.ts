import type {
  AttentionNotice,
  CallNotice,
  EventEnvelope,
  EventType,
  ModemNotice,
} from '../../../contract/event.ts';
import { cancelledMessageExample, messageExample } from './message.ts';
import { modemExample } from './modem.ts';

const call: CallNotice = { from: '+14155553000', to: '+14155552671' };
const notice: ModemNotice = {
  modem_id: modemExample.id,
  port: '/dev/ttyUSB2',
  number: '+14155552671',
  problem: null,
  suppressed: 0,
};
const attention: AttentionNotice = {
  ...notice,
  problem: { code: 'pin_needed', message: 'The SIM asks for its PIN. Enter it under Modems.' },
};
const received = {
  message_id: '7d1a90f2-6f0c-4b8e-9a51-2f1d3c4b5a69',
  from: '+14155553000',
  to: '+14155552671',
  body: 'On my way',
};

const payloads: Readonly<Record<EventType, object>> = {
  'sms.received': received,
  'sms.sent': { ...messageExample, status: 'sent', delivered_at: null },
  'sms.delivered': messageExample,
  'sms.failed': cancelledMessageExample,
  'call.incoming': call,
  'call.missed': call,
  'modem.online': notice,
  'modem.offline': {
    ...notice,
    problem: { code: 'port_absent', message: 'The modem is not plugged in.' },
  },
  'modem.attention': attention,
};

/** What an event of this type looks like. */
export function eventExample(type: EventType): EventEnvelope {
  return {
    event_id: '01JX7Q2M3N4P5R6S7T8V9W0X1Y',
    event_type: type,
    api_version: 'v1',
    timestamp: '2026-06-08T13:30:11Z',
    data: payloads[type],
  };
}

/** One event as it passes over the stream. */
export const streamExample = `retry: 2000

id: 01JX7Q2M3N4P5R6S7T8V9W0X1Y
event: sms.received
data: ${JSON.stringify(eventExample('sms.received'))}

`;
