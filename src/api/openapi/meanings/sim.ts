import type { OwnNumber } from '../../../contract/modem.ts';
import type { SimChange, SimView } from '../../../contract/sim.ts';
import type { SendLimits, SendWindow, SimSettings } from '../../../contract/sim-settings.ts';
import type { Meanings } from './meanings.ts';

const settings: Meanings<SimSettings> = {
  limits: 'How much may leave from it.',
  windows: 'The hours in which texts may leave; none: always.',
  time_zone: 'The zone of `windows`, and in which days and months begin.',
  reports: 'Whether the network is asked for a report on every segment.',
  after_ambiguity:
    'What becomes of a segment that may have been sent and of which no evidence came: `never_resend`, or `resend_once`, so that it may arrive twice.',
  evidence_seconds: 'How long such evidence is awaited; null: as the gateway is set.',
  price_usd_per_segment: 'What a segment beyond the allowance costs; null: no cost is reckoned.',
  monthly_allowance: 'How many segments a month cost nothing; null: none of them.',
  country:
    'Where numbers written nationally belong, such as `DE` (ISO 3166-1); null: the country of its own number.',
  reports_within_hours:
    'So long without a delivery report, though texts asked for one, is told of; 0: never, null: as the gateway is set.',
  inbound_within_hours: 'So long without a text coming in is told of; 0: never, null: as the gateway is set.',
  balance_code: 'What is dialled to ask what is left on it, such as `*100#`; null: nobody asks.',
  balance_every_hours: 'How often that is asked.',
  balance_pattern:
    'A regular expression that finds the amount in the answer, in its first group where it has one; null: the first decimal number.',
  balance_floor: 'Less than this is told of; null: nothing is.',
};
const number = 'Its number; null: it has none yet, so that nothing can be sent from it.';
const label = 'What people know it by, or null.';

export const simMeanings = {
  Sim: {
    ...settings,
    iccid: 'Names the card, wherever it is put in; null where its modem hides it.',
    imsi: 'Names the subscription; null where that could not be read.',
    number,
    label,
    has_pin: 'Whether a PIN is kept for it. The PIN is never shown.',
    online: 'Whether it is in a modem that can send now.',
    smsc: "The service centre's number that a person set, else the card's own.",
    paused: 'Whether nothing leaves from it until a person resumes it.',
    modem_id: 'The modem that it is in, or null.',
    presumed_modem_id:
      'Where `modem_id` is null: a locked modem that does not tell its SIM before the PIN, and in which this one was last.',
    last_seen_at: 'When it was last in a modem, or null.',
    balance:
      'What was left when the network was asked last; its `amount` is null where the answer showed none.',
  } satisfies Meanings<SimView>,
  SimChange: {
    ...settings,
    number,
    label,
    pin: 'The PIN that it is unlocked with, 4 to 8 digits; null forgets it.',
    smsc: "The service centre's number, which is written onto the card; null lets the card's own count again.",
  } satisfies Meanings<SimChange>,
  SendLimits: {
    gap_seconds: 'The least time between two segments.',
    gap_jitter_percent: 'By how much that varies, by chance.',
    per_minute: 'Segments in any 60 seconds; null: no limit.',
    per_hour: 'Segments in any 60 minutes; null: no limit.',
    per_day: 'Segments a day; null: no limit.',
    per_month: 'Segments a month; null: no limit.',
    recipients_per_day: 'Different recipients a day; null: no limit.',
    reserve_percent: 'The share of each limit that is kept for texts of priority 7 and up.',
    day_starts_at: 'When a day begins, in the time zone of the SIM.',
    month_starts_on: 'On which day a month begins.',
    queue: 'How many texts may wait for its number at most; more are refused with `QUEUE_FULL`.',
  } satisfies Meanings<SendLimits>,
  SendWindow: {
    days: 'The days on which it begins.',
    from: 'When it begins.',
    to: 'When it ends; not later than `from`: on the next day.',
  } satisfies Meanings<SendWindow>,
  Number: {
    number: 'The number.',
    label: 'What people know its SIM by, or null.',
    online: 'Whether its SIM is in a modem that can send now. Texts are taken either way.',
    modem_id: 'The modem that its SIM is in, or null.',
    signal_dbm: 'How strongly that hears the network, or null.',
    operator: 'The network that it is in, or null.',
    queue_depth: 'How many texts wait to leave from it.',
  } satisfies Meanings<OwnNumber>,
};
