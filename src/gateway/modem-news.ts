import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { AtLog } from '../modem/at-log/at-log.ts';
import type { FleetMember } from '../modem/fleet.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';
import type { Messaging } from './messaging.ts';
import type { ModemSide } from './modem-side.ts';
import type { Stores } from './stores.ts';

/** Who hears of it when something changes with a modem. */
export interface NewsListeners {
  readonly clock: Clock;
  readonly log: Logger;
  readonly stores: Pick<Stores, 'events' | 'modems'>;
  readonly messaging: Pick<Messaging, 'router' | 'settlement'>;
  readonly metrics: Metrics;
  readonly atLog: AtLog;
}

/** Tells sending, care, metrics, the AT log and the event stream what happens to the modems. */
export function spreadNews(modems: ModemSide, listeners: NewsListeners): void {
  const { fleet, discovery, views, care, sending } = modems;
  const { stores, messaging } = listeners;
  const { router, settlement } = messaging;
  fleet.on('changed', (member, before) => onModemChange(modems, listeners, member, before));
  fleet.on('removed', (member) => {
    router.update(sending.list());
    care.update();
    stores.events.announce({ type: 'modem.removed', data: { id: views.modem(member).id } });
  });
  discovery.plugged.on('plugged', (device) => {
    care.update();
    stores.events.announce({ type: 'modem.changed', data: views.modem(device) });
  });
  discovery.plugged.on('cleared', ({ facts }) => {
    care.update();
    stores.events.announce({ type: 'modem.removed', data: { id: facts.id } });
  });
  fleet.on('call', (member, call) => care.call(member, call));
  fleet.on('lateSubmit', (simId, reference) => settlement.lateSubmit(simId, reference));
  fleet.on('lateRefusal', (simId, refusal, afterMs) => settlement.lateRefusal(simId, refusal, afterMs));
}

function onModemChange(
  { sending, care, views }: ModemSide,
  { clock, log, stores, messaging, metrics, atLog }: NewsListeners,
  member: FleetMember,
  before: ModemFacts,
): void {
  atLog.note(member.modem.facts);
  const step = member.facts.recovery?.step;
  if (step !== undefined && step !== before.recovery?.step) metrics.recoveryStep(step);
  messaging.router.update(sending.list());
  care.update();
  if (member.facts.state === 'ready' && before.state !== 'ready') {
    noteSeen(stores, log, member.facts, clock.now());
  }
  stores.events.announce({ type: 'modem.changed', data: views.modem(member) });
}

/** What the disk does not take now is written when the modem is ready the next time. */
function noteSeen({ modems }: NewsListeners['stores'], log: Logger, facts: ModemFacts, at: number): void {
  try {
    modems.seen({ ...facts, modemId: facts.id }, at);
  } catch (error) {
    log.warn({ err: error }, 'a modem that is ready cannot be written down');
  }
}
