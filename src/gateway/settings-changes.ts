import { setImmediate as othersFirst } from 'node:timers/promises';
import {
  type NetworkChange,
  type NetworkField,
  networkFieldNames,
  restartFields,
} from '../contract/network.ts';
import { numberLists } from '../contract/number-list.ts';
import type { GatewaySettingsChange } from '../contract/settings.ts';
import type {
  FileSecrets,
  FileSim,
  FileWebhook,
  SettingsDifference,
  SettingsFile,
  SettingsImportReport,
} from '../contract/settings-file.ts';
import { defaultSimSettings, type SendLimits } from '../contract/sim-settings.ts';
import type { SimSettingsChange, StoredSim } from '../store/sim-store.ts';
import type { ExchangeContext } from './settings-exchange.ts';

type LeftOut = SettingsImportReport['left_out'][number];

const shown = '(not shown)';
const entriesAtOnce = 1_000;

/** What sets a file of settings apart from what is set here, and how the one becomes as the other. */
export class SettingsChanges {
  readonly #context: ExchangeContext;
  readonly #file: SettingsFile;
  readonly #secrets: FileSecrets | undefined;
  readonly differences: SettingsDifference[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #writes: (() => void)[] = [];
  readonly #newSecrets: { url: string; secret: string }[] = [];
  networkChange: NetworkChange | undefined;
  needsRestart = false;

  constructor(context: ExchangeContext, file: SettingsFile, secrets: FileSecrets | undefined) {
    this.#context = context;
    this.#file = file;
    this.#secrets = secrets;
  }

  /** Looks at everything and changes nothing. */
  async find(): Promise<void> {
    this.#findSettings();
    this.#findNetwork();
    for (const sim of this.#file.sims) this.#findSim(sim);
    await this.#findEntries();
    for (const webhook of this.#file.webhooks) await this.#findWebhook(webhook);
    this.#findMailPassword();
    if (this.#file.secrets !== null && this.#secrets === undefined)
      this.#leave('secrets', null, 'The secrets stay out: no passphrase was given.');
  }

  /** Writes what was found; to be called in a transaction. Gives the secrets that had to be made. */
  write(): { url: string; secret: string }[] {
    for (const write of this.#writes) write();
    return this.#newSecrets;
  }

  #findSettings(): void {
    const { settings } = this.#context;
    const now = settings.all() as Readonly<Record<string, unknown>>;
    const other = Object.entries(this.#file.settings).filter(
      ([name, value]) => value !== undefined && !same(value, now[name]),
    );
    for (const [name, value] of other) this.#differ('settings', null, name, now[name], value);
    if (other.length > 0)
      this.#writes.push(() => settings.change(Object.fromEntries(other) as GatewaySettingsChange));
  }

  #findNetwork(): void {
    const { network, networkStore } = this.#context;
    const view = network.view();
    const stored = networkStore.all();
    const change: Record<string, unknown> = {};
    for (const field of networkFieldNames) {
      const value = this.#file.network[field];
      if (value === undefined || same(value, stored[field])) continue;
      const fault = faultOf(() => network.refuse({ [field]: value } as NetworkChange), field);
      if (fault !== undefined) {
        this.#leave('network', field, fault);
        continue;
      }
      this.#differ('network', null, field, view[field].value, value);
      change[field] = value;
    }
    if (Object.keys(change).length === 0) return;
    this.networkChange = change as NetworkChange;
    this.needsRestart = restartFields.some((field: NetworkField) => change[field] !== undefined);
  }

  #findSim(wanted: FileSim): void {
    const { sims, clock } = this.#context;
    const { iccid, number, label, smsc, limits, ...rest } = wanted;
    const known = sims.list().find((sim) => sim.iccid === iccid);
    const settingsNow = known ? sims.settings(known.simId) : defaultSimSettings;
    const now: Readonly<Record<string, unknown>> = { ...settingsNow, ...ownOf(known) };
    const isTaken = number !== null && this.#isTaken(number, iccid);
    if (isTaken) this.#leave('sims', iccid, `Its number ${number} belongs to another SIM here.`);
    const other = (values: object) =>
      Object.fromEntries(
        Object.entries(values).filter(([name, value]) => value !== undefined && !same(value, now[name])),
      );
    const settingsChange: SimSettingsChange = other({
      ...rest,
      ...(limits ? { limits: { ...settingsNow.limits, ...limits } } : {}),
    });
    const ownChange: Own = other({
      ...(number === null || isTaken ? {} : { number }),
      ...(label === null ? {} : { label }),
      ...(smsc === null ? {} : { smsc }),
    });
    const pin = this.#secrets?.pins[iccid];
    const newPin = pin !== undefined && pin !== (known && sims.pin(known.simId)) ? pin : undefined;
    const changes = Object.entries({ ...ownChange, ...settingsChange });
    for (const [name, value] of changes) {
      if (name === 'limits') this.#differLimits(iccid, settingsNow.limits, value as SendLimits);
      else this.#differ('sims', iccid, name, now[name], value);
    }
    if (newPin !== undefined) this.#differ('secrets', iccid, 'pin', known?.hasPin ? shown : null, shown);
    if (changes.length === 0 && newPin === undefined) return;
    this.#writes.push(() => {
      const simId = known?.simId ?? sims.foresee(iccid, clock.now());
      if (ownChange.number !== undefined) sims.setNumber(simId, ownChange.number, 'person');
      if (ownChange.label !== undefined) sims.setLabel(simId, ownChange.label);
      if (ownChange.smsc !== undefined) sims.setServiceCentre(simId, ownChange.smsc, 'person');
      if (Object.keys(settingsChange).length > 0) sims.changeSettings(simId, settingsChange);
      if (newPin !== undefined) sims.setPin(simId, newPin);
    });
  }

  /** One by one: nobody finds the one that differs among eleven. */
  #differLimits(iccid: string, before: SendLimits, after: SendLimits): void {
    for (const name of Object.keys(after) as (keyof SendLimits)[])
      if (before[name] !== after[name])
        this.#differ('sims', iccid, `limits.${name}`, before[name], after[name]);
  }

  #isTaken(number: string, iccid: string): boolean {
    const owner = this.#context.sims.byNumber(number);
    return owner !== undefined && owner.iccid !== iccid && owner.numberSource !== 'sim';
  }

  async #findEntries(): Promise<void> {
    const { lists, clock } = this.#context;
    for (const list of numberLists) {
      let looked = 0;
      for (const entry of this.#file.lists[list]) {
        if (++looked % entriesAtOnce === 0) await othersFirst();
        const known = lists.find(list, entry.number);
        if (known && (entry.note === null || known.note === entry.note)) continue;
        this.#differ('lists', list, entry.number, known ? known.note : null, entry.note ?? entry.number);
        this.#writes.push(() => lists.add(list, entry, clock.now()));
      }
    }
  }

  async #findWebhook(wanted: FileWebhook): Promise<void> {
    const { webhooks, targetFault, clock } = this.#context;
    const { url, label, events } = wanted;
    const fault = await targetFault(url);
    if (fault !== undefined) return this.#leave('webhooks', url, `Its address ${fault}.`);
    const known = webhooks.list().find((one) => one.url === url);
    const secret = this.#secrets?.webhooks[url];
    const isOther = !known || known.label !== label || !same(known.events, events);
    const isOtherSecret =
      secret !== undefined && secret !== (known && webhooks.signing(known.id, clock.now())?.secret);
    if (isOther)
      this.#differ('webhooks', url, label, known ? { label: known.label, events: known.events } : null, {
        label,
        events,
      });
    if (isOtherSecret) this.#differ('secrets', url, 'webhook_secret', known ? shown : null, shown);
    if (!isOther && !isOtherSecret) return;
    this.#writes.push(() => {
      const made = known ? undefined : webhooks.create(wanted, clock.now());
      const id = known?.id ?? made?.id ?? '';
      if (known && isOther) webhooks.change(id, wanted, clock.now());
      if (secret !== undefined && isOtherSecret) webhooks.setSecret(id, secret, clock.now());
      if (made && secret === undefined) this.#newSecrets.push({ url, secret: made.secret });
    });
  }

  #findMailPassword(): void {
    const { mail } = this.#context;
    const password = this.#secrets?.mail_password ?? undefined;
    const now = mail.password();
    if (password === undefined || password === now) return;
    this.#differ('secrets', null, 'mail_password', now === undefined ? null : shown, shown);
    this.#writes.push(() => mail.setPassword(password));
  }

  #differ(
    part: SettingsDifference['part'],
    target: string | null,
    name: string,
    before: unknown,
    after: unknown,
  ): void {
    this.differences.push({ part, target, name, before: before ?? null, after });
  }

  #leave(part: LeftOut['part'], target: string | null, why: string): void {
    this.leftOut.push({ part, target, why });
  }
}

/** What hangs on a card beside its settings. */
interface Own {
  readonly number?: string;
  readonly label?: string;
  readonly smsc?: string;
}

function ownOf(sim: StoredSim | undefined): Readonly<Record<keyof Own, string | null>> {
  const { number, label, serviceCentre, serviceCentreSource } = sim ?? {};
  return {
    number: number ?? null,
    label: label ?? null,
    smsc: serviceCentreSource === 'person' ? (serviceCentre ?? null) : null,
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function faultOf(refuse: () => void, field: string): string | undefined {
  try {
    refuse();
    return undefined;
  } catch (error) {
    const { details = {}, message } = error as Error & {
      readonly details?: Readonly<Record<string, string>>;
    };
    return `${field} ${details[field] ?? message}.`;
  }
}
