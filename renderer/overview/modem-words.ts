import type { ModemState, ModemView, ProblemWord } from '../../src/contract/modem.ts';
import { signalOf } from '../elements/signal.ts';
import type { Hue } from '../elements/status-word.tsx';
import { type TextKey, text } from '../texts/text.ts';

/** What a modem is called on its own card. */
export function modemTitle(modem: ModemView): string {
  return modem.label ?? modem.model ?? modem.port;
}

/** What a modem is called in a sentence, where two of one make must be told apart. */
export function modemName(modem: ModemView): string {
  return modem.label ?? (modem.model ? `${modem.model} (${modem.port})` : modem.port);
}

/** Forms of companies, which only take room. */
const companyForm =
  /[\s,]+(?:incorporated|inc|corporation|corp|company|co|limited|ltd|gmbh|ag|s\.?a|technologies)\b\.?/gi;

/** "Quectel EC25-E" as people say it: no form of company, and no maker in the name of the model. "" where nothing is known. */
export function makeOf({ manufacturer, model }: Pick<ModemView, 'manufacturer' | 'model'>): string {
  const maker = manufacturer?.replace(companyForm, '').trim() ?? '';
  const spelt = maker === maker.toLowerCase() ? maker.charAt(0).toUpperCase() + maker.slice(1) : maker;
  const own = maker !== '' && model?.toLowerCase().startsWith(maker.toLowerCase());
  const name = own ? model?.slice(maker.length).replace(/^[\s_-]+/, '') : model;
  return [spelt, name].filter(Boolean).join(' ');
}

export function canSend(modem: ModemView): boolean {
  return modem.state === 'ready' && modem.number !== null;
}

export function canReceive(modem: ModemView): boolean {
  return modem.state === 'ready';
}

export function hasWeakSignal(modem: ModemView): boolean {
  return modem.state === 'ready' && modem.signal_dbm !== null && signalOf(modem.signal_dbm).band === 'weak';
}

/** The word for where a modem stands. */
export function stateWord(modem: ModemView): string {
  return text(hasWeakSignal(modem) ? 'state.weak_signal' : `state.${modem.state}`);
}

const hues: Readonly<Record<ModemState, Hue>> = {
  absent: 'plain',
  disabled: 'plain',
  opening: 'dispatched',
  starting: 'dispatched',
  locked: 'attention',
  registering: 'dispatched',
  setting_up: 'dispatched',
  ready: 'delivered',
  recovering: 'attention',
  attention: 'attention',
};

export function stateHue(modem: ModemView): Hue {
  return hasWeakSignal(modem) ? 'attention' : hues[modem.state];
}

/** "Telekom.de, home". */
export function networkWords(modem: ModemView): string {
  const { operator, registration } = modem;
  if (registration === 'home' || registration === 'roaming') {
    return operator === null ? text('modem.none') : text(`registration.${registration}`, { operator });
  }
  return registration === null ? text('modem.none') : text(`registration.${registration}`);
}

const simProblems: Partial<Record<ProblemWord, TextKey>> = {
  pin_needed: 'sim.pin',
  pin_refused: 'sim.pin',
  puk_needed: 'sim.puk',
  no_sim: 'sim.missing',
  sim_failure: 'sim.failed',
};

/** How the SIM stands; `needsPerson` when that is what holds the modem up. */
export function simWords(modem: ModemView): { words: string; needsPerson: boolean } {
  const problem = modem.problem && simProblems[modem.problem.code];
  if (problem) return { words: text(problem), needsPerson: true };
  if (modem.state === 'locked') return { words: text('sim.pin'), needsPerson: true };
  return { words: text(simStanding(modem)), needsPerson: false };
}

function simStanding(modem: ModemView): TextKey {
  if (modem.state === 'absent' || modem.state === 'disabled') return 'sim.away';
  return modem.iccid === null && modem.imsi === null ? 'sim.unknown' : 'sim.unlocked';
}
