import type { Admission } from '../messages/admission.ts';
import type { InboundRules } from '../messages/inbound-ledger.ts';
import type { OptOut } from '../messages/opt-out.ts';
import type { SendingRules } from '../messages/sending-rules.ts';
import type { SettingsStore } from '../store/settings-store.ts';

const hourMs = 3_600_000;

/** What a person has set for each SIM and for the whole gateway, as arriving texts ask for it. */
export function inboundRules(
  sims: Pick<SendingRules, 'of'>,
  settings: Pick<SettingsStore, 'all'>,
  admission: Pick<Admission, 'hears'>,
  optOut: Pick<OptOut, 'heard'>,
): InboundRules {
  return {
    hears: (forms) => admission.hears(forms),
    replied: (reply) => optOut.heard(reply),
    countryOf: (simId) => sims.of(simId).country ?? undefined,
    longTextWaitMs: () => settings.all().long_text_hours * hourMs,
  };
}
