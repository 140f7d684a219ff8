import type { SimView } from '../../src/contract/sim.ts';
import type { SendLimits, SimSettings } from '../../src/contract/sim-settings.ts';
import { plainNumber } from '../../src/contract/written-number.ts';
import type { FieldNames } from '../api/act.ts';
import { type TextKey, text } from '../texts/text.ts';

/** A number that a person sets; one that may be empty means "no limit", "none" or "as the gateway is set". */
export interface NumberField {
  readonly name: TextKey;
  readonly path: `limits.${NumberLimit}` | NumberSetting;
  readonly mayBeEmpty: boolean;
  readonly step?: number;
}

type NumberLimit = {
  [Name in keyof SendLimits]: number extends NonNullable<SendLimits[Name]>
    ? NonNullable<SendLimits[Name]> extends number
      ? Name
      : never
    : never;
}[keyof SendLimits];
type NumberSetting = {
  [Name in keyof SimSettings]: NonNullable<SimSettings[Name]> extends number ? Name : never;
}[keyof SimSettings];

export const limitFields: readonly NumberField[] = [
  { name: 'sim_field.per_minute', path: 'limits.per_minute', mayBeEmpty: true },
  { name: 'sim_field.per_hour', path: 'limits.per_hour', mayBeEmpty: true },
  { name: 'sim_field.per_day', path: 'limits.per_day', mayBeEmpty: true },
  { name: 'sim_field.per_month', path: 'limits.per_month', mayBeEmpty: true },
  { name: 'sim_field.recipients_per_day', path: 'limits.recipients_per_day', mayBeEmpty: true },
  { name: 'sim_field.gap_seconds', path: 'limits.gap_seconds', mayBeEmpty: false, step: 0.1 },
  { name: 'sim_field.reserve_percent', path: 'limits.reserve_percent', mayBeEmpty: false },
  { name: 'sim_field.queue', path: 'limits.queue', mayBeEmpty: false },
];

export const costFields: readonly NumberField[] = [
  { name: 'sim_field.price', path: 'price_usd_per_segment', mayBeEmpty: true, step: 0.0001 },
  { name: 'sim_field.allowance', path: 'monthly_allowance', mayBeEmpty: true },
  { name: 'sim_field.month_starts_on', path: 'limits.month_starts_on', mayBeEmpty: false },
];

export const careFields: readonly NumberField[] = [
  { name: 'sim_field.evidence_seconds', path: 'evidence_seconds', mayBeEmpty: true },
  { name: 'sim_field.reports_within', path: 'reports_within_hours', mayBeEmpty: true },
  { name: 'sim_field.inbound_within', path: 'inbound_within_hours', mayBeEmpty: true },
  { name: 'sim_field.balance_every', path: 'balance_every_hours', mayBeEmpty: false },
  { name: 'sim_field.balance_floor', path: 'balance_floor', mayBeEmpty: true, step: 0.01 },
];

/** What the form calls the fields of a SIM. */
export const fieldNames: FieldNames = {
  label: text('sim_field.label'),
  number: text('sim_field.number'),
  smsc: text('identity.smsc'),
  country: text('sim_field.country'),
  time_zone: text('sim_field.time_zone'),
  windows: text('sim_form.windows'),
  'windows.from': text('windows.from'),
  'windows.to': text('windows.to'),
  'windows.days': text('windows.days'),
  balance_code: text('sim_field.balance_code'),
  balance_pattern: text('sim_field.balance_pattern'),
  ...Object.fromEntries(
    [...limitFields, ...costFields, ...careFields].map(({ path, name }) => [path, text(name)]),
  ),
};

/** What stands in the form: the SIM's own settings, with what was typed over them. */
export type Draft = Pick<SimView, keyof SimSettings | 'number' | 'label' | 'smsc'>;

/** What was typed: field by field, and limit by limit. */
export type Edits = Partial<Omit<Draft, 'limits'>> & { readonly limits?: Partial<SendLimits> };

/** As the gateway takes it: numbers that a person wrote as they are dialled. */
export function asSent<Fields extends Edits>(typed: Fields): Fields {
  const { number, smsc } = typed;
  return {
    ...typed,
    ...(number && { number: plainNumber(number) }),
    ...(smsc && { smsc: plainNumber(smsc) }),
  };
}

/** How the SIM is set now, and what was typed over that: what another one sets meanwhile is not taken back. */
export function edited(sim: SimView, edits: Edits): Draft {
  const draft = draftOf(sim);
  return { ...draft, ...edits, limits: { ...draft.limits, ...edits.limits } };
}

/** What was typed since `sent` was: whoever goes on typing while that is saved has to save the rest too. */
export function withoutSent(edits: Edits, sent: Edits): Edits {
  const { limits, ...rest } = edits;
  const later = differing(sent.limits ?? {}, limits ?? {});
  return { ...differing(sent, rest), ...(Object.keys(later).length > 0 && { limits: later }) };
}

export function valueAt(draft: Draft, path: NumberField['path']): number | null {
  const [first, second] = path.split('.') as [keyof Draft, keyof SendLimits | undefined];
  return (second ? draft.limits[second] : draft[first]) as number | null;
}

export function withValue(draft: Draft, path: NumberField['path'], value: number | null): Draft {
  const [first, second] = path.split('.');
  return second
    ? { ...draft, limits: { ...draft.limits, [second]: value } }
    : ({ ...draft, [first as string]: value } as Draft);
}

/** Only what differs from how the SIM is set now. */
export function changeOf(sim: SimView, draft: Draft): Edits {
  const { limits, ...rest } = draft;
  const limitChange = differing(sim.limits, limits);
  return { ...differing(sim, rest), ...(Object.keys(limitChange).length > 0 && { limits: limitChange }) };
}

function differing<Fields extends object>(now: object, wanted: Fields): Partial<Fields> {
  const others = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name as keyof typeof now]),
  );
  return Object.fromEntries(others) as Partial<Fields>;
}

function draftOf(sim: SimView): Draft {
  const {
    iccid: _iccid,
    imsi: _imsi,
    has_pin: _pin,
    online: _online,
    paused: _paused,
    modem_id: _modem,
    presumed_modem_id: _presumed,
    last_seen_at: _seen,
    balance: _balance,
    ...draft
  } = sim;
  return draft;
}
