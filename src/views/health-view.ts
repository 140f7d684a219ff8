import type { ModemView } from '../contract/modem.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';

/** The part of a modem's view that samples show. */
export type HealthView = Pick<
  ModemView,
  | 'registrations'
  | 'signal_dbm'
  | 'signal_bars'
  | 'reference_signal_dbm'
  | 'quality_db'
  | 'noise_ratio_db'
  | 'band'
  | 'smsc'
  | 'storage'
  | 'temperature_c'
  | 'supply_v'
>;

export function healthView(facts: ModemFacts): HealthView {
  const { health, registrations } = facts;
  return {
    registrations: {
      circuit: registrations?.circuit ?? null,
      packet: registrations?.packet ?? null,
      evolved: registrations?.evolved ?? null,
    },
    signal_dbm: facts.signal === undefined ? null : Math.round(facts.signal),
    signal_bars: signalBars(facts) ?? null,
    reference_signal_dbm: health?.reference ?? null,
    quality_db: health?.quality ?? null,
    noise_ratio_db: health?.noiseRatio ?? null,
    band: health?.band ?? null,
    smsc: facts.serviceCentre ?? null,
    storage: health?.stores.map(({ storage, used, total }) => ({ name: storage, used, total })) ?? [],
    temperature_c: health?.temperature ?? null,
    supply_v: health?.supply ?? null,
  };
}

/** From this much on there are 1, 2, 3 and 4 bars, in dBm. */
const strengthSteps = [-105, -95, -85, -75];
const referenceSteps = [-115, -105, -95, -85];
const byReference = /^(?:LTE|NB-IoT|5G)$/;

function signalBars({ signal, technology, health }: ModemFacts): number | undefined {
  const reference = byReference.test(technology ?? '') ? health?.reference : undefined;
  const level = reference ?? signal;
  if (level === undefined) return undefined;
  const steps = reference === undefined ? strengthSteps : referenceSteps;
  return steps.filter((step) => level >= step).length;
}
