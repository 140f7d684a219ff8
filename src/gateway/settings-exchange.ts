import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { formatTimestamp } from '../contract/message.ts';
import { numberLists } from '../contract/number-list.ts';
import {
  type FileSecrets,
  type FileSim,
  fileSecrets,
  type SettingsFile,
  type SettingsImportReport,
  settingsFormat,
  settingsVersion,
} from '../contract/settings-file.ts';
import type { Database } from '../store/database.ts';
import type { MailStore } from '../store/mail-store.ts';
import type { NetworkStore } from '../store/network-store.ts';
import type { NumberListStore } from '../store/number-list-store.ts';
import { openUnder, sealUnder } from '../store/passphrase-box.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { SimStore, StoredSim } from '../store/sim-store.ts';
import type { WebhookStore } from '../store/webhook-store.ts';
import type { NetworkDesk } from './network-desk.ts';
import { SettingsChanges } from './settings-changes.ts';

/** A file of settings cannot be taken; the message says why. */
export class ExchangeError extends Error {
  readonly code = 'VALIDATION_ERROR';
  readonly details: Readonly<Record<string, string>>;

  constructor(details: Readonly<Record<string, string>>) {
    super(`The field ${Object.keys(details)[0]} is wrong.`);
    this.name = 'ExchangeError';
    this.details = details;
  }
}

/** Where settings are kept. */
export interface ExchangeContext {
  readonly clock: Clock;
  readonly version: string;
  readonly database: Database;
  readonly settings: Pick<SettingsStore, 'all' | 'change'>;
  readonly networkStore: NetworkStore;
  readonly network: Pick<NetworkDesk, 'view' | 'refuse' | 'change'>;
  readonly sims: SimStore;
  readonly lists: NumberListStore;
  readonly webhooks: WebhookStore;
  readonly mail: Pick<MailStore, 'setPassword' | 'password'>;
  /** Why a webhook's address may not be used; undefined when it may. */
  readonly targetFault: (url: string) => Promise<string | undefined>;
  /** Called when settings, SIMs or webhooks have changed, once that is on disk. */
  readonly changed: () => void;
}

const rowsAtOnce = 1_000;
const mostShown = 1_000;

/** Takes all that an administrator has set out of one gateway and into another, or back. Messages are not touched. */
export class SettingsExchange {
  readonly #context: ExchangeContext;

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  /** All settings as one document; its secrets sealed under the passphrase, left out where there is none. */
  async export(passphrase: string | undefined): Promise<SettingsFile> {
    const { clock, version, settings, networkStore, sims, webhooks } = this.#context;
    const lists = await this.#lists();
    const { sending_paused: _, ...lasting } = settings.all();
    return {
      format: settingsFormat,
      version: settingsVersion,
      exported_at: formatTimestamp(clock.now()),
      gateway_version: version,
      settings: lasting,
      network: networkStore.all(),
      sims: sims.list().flatMap((sim) => this.#fileSim(sim) ?? []),
      lists,
      webhooks: webhooks.list().map(({ url, label, events }) => ({ url, label, events: [...events] })),
      secrets: passphrase === undefined ? null : await sealUnder(passphrase, JSON.stringify(this.#secrets())),
    };
  }

  /**
   * Makes what is here as it is in the file: what is named there is added or changed, and nothing is taken away.
   * Everything is one transaction. Rejects with an `ExchangeError` for a passphrase that does not open the secrets.
   *
   * @param within runs the writing, where it is to be a part of a larger transaction
   */
  async import(
    file: SettingsFile,
    passphrase: string | undefined,
    dryRun: boolean,
    within = (write: () => void) => write(),
  ): Promise<SettingsImportReport> {
    const secrets = await openSecrets(file, passphrase);
    const changes = new SettingsChanges(this.#context, file, secrets);
    await changes.find();
    const newSecrets = dryRun ? [] : await this.#write(changes, within);
    return {
      dry_run: dryRun,
      changes: changes.differences.slice(0, mostShown),
      changes_total: changes.differences.length,
      left_out: changes.leftOut,
      new_secrets: newSecrets,
      restart_needed: changes.needsRestart || this.#context.network.view().restart_needed,
    };
  }

  async #write(changes: SettingsChanges, within: (write: () => void) => void) {
    const { network, changed, database } = this.#context;
    let newSecrets: { url: string; secret: string }[] = [];
    const write = () =>
      within(() =>
        database.transaction(() => {
          newSecrets = changes.write();
          database.afterCommit(changed);
        }),
      );
    const { networkChange } = changes;
    if (networkChange === undefined) write();
    else
      await network.change(networkChange, (store) =>
        database.transaction(() => {
          store();
          write();
        }),
      );
    return newSecrets;
  }

  #fileSim(sim: StoredSim): FileSim | undefined {
    const { iccid, number, numberSource, label, serviceCentre, serviceCentreSource } = sim;
    if (iccid === undefined) return undefined;
    return {
      ...this.#context.sims.settings(sim.simId),
      iccid,
      number: numberSource === 'sim' ? null : (number ?? null),
      label: label ?? null,
      smsc: serviceCentreSource === 'person' ? (serviceCentre ?? null) : null,
    };
  }

  #secrets(): FileSecrets {
    const { sims, mail, webhooks, clock } = this.#context;
    const pins = sims.list().flatMap(({ simId, iccid }) => {
      const pin = sims.pin(simId);
      return iccid === undefined || pin === undefined ? [] : [[iccid, pin] as const];
    });
    const signing = webhooks.list().flatMap(({ id, url }) => {
      const secret = webhooks.signing(id, clock.now())?.secret;
      return secret === undefined ? [] : [[url, secret] as const];
    });
    return {
      pins: Object.fromEntries(pins),
      mail_password: mail.password() ?? null,
      webhooks: Object.fromEntries(signing),
    };
  }

  /** In pages, so that a long list holds up nobody. */
  async #lists(): Promise<SettingsFile['lists']> {
    const found: SettingsFile['lists'] = { blocked: [], allowed: [], 'opted-out': [] };
    for (const list of numberLists) {
      for (let offset = 0; ; offset += rowsAtOnce) {
        const { entries } = this.#context.lists.page(list, rowsAtOnce, offset);
        found[list].push(...entries.map(({ number, note, source }) => ({ number, note, source })));
        if (entries.length < rowsAtOnce) break;
        await othersFirst();
      }
    }
    return found;
  }
}

async function openSecrets(
  { secrets }: SettingsFile,
  passphrase: string | undefined,
): Promise<FileSecrets | undefined> {
  if (secrets === null || passphrase === undefined) return undefined;
  const plain = await openUnder(passphrase, secrets);
  if (plain === undefined) throw new ExchangeError({ passphrase: 'does not open the secrets of this file' });
  return fileSecrets.parse(JSON.parse(plain));
}
