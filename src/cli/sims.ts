import { Command } from 'commander';
import { e164 } from '../contract/phone-number.ts';
import { simSettingsChange } from '../contract/sim.ts';
import { normaliseIccid } from '../modem/iccid.ts';
import type { Database } from '../store/database.ts';
import { readKeyFile, SecretBox } from '../store/secret-box.ts';
import { type SimSettingsChange, SimStore, type StoredSim } from '../store/sim-store.ts';
import { readAssignments, writeAssignments } from './assignments.ts';
import { dataDirOption, withDatabase } from './data-dir.ts';
import { asOperator } from './operator.ts';
import { sentenceOf } from './settings.ts';
import { table } from './table.ts';

interface SetOptions {
  readonly dataDir: string;
  readonly number?: string;
  readonly label?: string;
  readonly pin?: string;
  readonly smsc?: string;
}

/** `postern sims list | set`: works on the database itself, also while a gateway serves from it. */
export function simsCommand(): Command {
  const sims = new Command('sims').description('list the SIMs that were seen, and set their numbers');
  sims
    .command('list')
    .description('list the SIMs that were seen')
    .addOption(dataDirOption())
    .action(({ dataDir }: { dataDir: string }) => {
      print(withSims(dataDir, (store) => list(store.list())));
    });
  sims
    .command('set')
    .description('say what number, label, PIN or service centre a SIM has')
    .argument('<iccid>', 'the number printed on the card, or its IMSI; "sims list" shows it')
    .option('--number <number>', 'its number, for example +15550001111')
    .option('--label <label>', 'what people call it')
    .option(
      '--pin <pin>',
      'its PIN, kept sealed and tried once; other users may see it in the list of processes',
    )
    .option(
      '--smsc <number>',
      "the service centre's number, which is written onto the card; empty lets the card's own count again",
    )
    .addOption(dataDirOption())
    .action((id: string, options: SetOptions) =>
      print(
        withSims(options.dataDir, (store, database) =>
          asOperator(database, { action: 'sim.change', target: id, details: withoutPin(options) }, () =>
            set(store, id, options),
          ),
        ),
      ),
    );
  sims
    .command('settings')
    .description('show what is set for a SIM beside its number, or change it')
    .argument('<iccid>', 'as "sims list" shows it')
    .argument('[assignments...]', 'for example limits.per_day=100 time_zone=Europe/Berlin')
    .addOption(dataDirOption())
    .action((id: string, assignments: string[], { dataDir }: { dataDir: string }) =>
      print(withSims(dataDir, (store, database) => settings(store, database, id, assignments))),
    );
  for (const [name, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    sims
      .command(name)
      .description(
        paused ? 'let nothing leave from a SIM; what waits keeps waiting' : 'let a paused SIM send again',
      )
      .argument('<iccid>', 'as "sims list" shows it')
      .addOption(dataDirOption())
      .action((id: string, { dataDir }: { dataDir: string }) =>
        print(
          withSims(dataDir, (store, database) =>
            asOperator(database, { action: `sim.${name}`, target: id }, () => pause(store, id, paused)),
          ),
        ),
      );
  }
  return sims;
}

function withSims<Result>(dataDir: string, use: (store: SimStore, database: Database) => Result): Result {
  return withDatabase(dataDir, (database) =>
    use(new SimStore(database, new SecretBox(readKeyFile(dataDir))), database),
  );
}

function list(sims: readonly StoredSim[]): string {
  if (sims.length === 0) return 'No SIM was seen yet. Plug a modem in and start "postern serve".';
  const rows = sims.map((sim) => [
    sim.iccid ?? (sim.imsi === undefined ? `(in ${sim.hiddenIn})` : ''),
    sim.imsi ?? '',
    sim.number ?? '(none yet)',
    sim.label ?? '',
    sim.hasPin ? 'kept' : '',
    sim.paused ? 'paused' : '',
    sim.lastSeenAt === undefined ? 'never' : new Date(sim.lastSeenAt).toISOString(),
  ]);
  return table(['ICCID', 'IMSI', 'NUMBER', 'LABEL', 'PIN', 'SENDING', 'LAST SEEN'], rows);
}

function withoutPin({ number, label, pin, smsc }: SetOptions): Record<string, string> {
  const shown = pin === undefined ? undefined : '(not shown)';
  const named = Object.entries({ number, label, smsc, pin: shown });
  return Object.fromEntries(named.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function set(store: SimStore, id: string, { number, label, pin, smsc }: SetOptions): string {
  const sim = find(store, id);
  if ([number, label, pin, smsc].every((value) => value === undefined)) {
    throw new Error('There is nothing to set: give --number, --label, --pin or --smsc.');
  }
  if (number !== undefined) setNumber(store, sim, number);
  if (label !== undefined) store.setLabel(sim.simId, label === '' ? null : label);
  if (pin !== undefined) setPin(store, sim, pin);
  if (smsc !== undefined) setServiceCentre(store, sim, smsc);
  return `The SIM ${id} is set.`;
}

function settings(store: SimStore, database: Database, id: string, assignments: readonly string[]): string {
  const sim = find(store, id);
  const change = simSettingsChange.safeParse(readAssignments(assignments));
  if (!change.success) throw new Error(change.error.issues.map(sentenceOf).join('\n'));
  if (assignments.length > 0) {
    const act = { action: 'sim.change', target: id, details: change.data } as const;
    asOperator(database, act, () => store.changeSettings(sim.simId, change.data as SimSettingsChange));
  }
  return writeAssignments(store.settings(sim.simId)).join('\n');
}

function pause(store: SimStore, id: string, paused: boolean): string {
  store.setPaused(find(store, id).simId, paused ? Date.now() : null);
  return paused ? `Nothing leaves from the SIM ${id} until it is resumed.` : `The SIM ${id} sends again.`;
}

function find(store: SimStore, id: string): StoredSim {
  const iccid = normaliseIccid(id);
  const sim = store
    .list()
    .find(
      (candidate) =>
        (iccid !== undefined && candidate.iccid === iccid) ||
        candidate.imsi === id ||
        candidate.hiddenIn === id,
    );
  if (!sim) throw new Error(`There is no SIM ${id}. "sims list" shows those that were seen.`);
  return sim;
}

function setNumber(store: SimStore, sim: StoredSim, number: string): void {
  const parsed = e164.safeParse(number);
  if (!parsed.success) throw new Error(`--number ${parsed.error.issues[0]?.message}.`);
  const owner = store.byNumber(number);
  if (owner && owner.simId !== sim.simId && owner.numberSource !== 'sim') {
    throw new Error(
      `${number} belongs to the SIM ${owner.iccid ?? owner.imsi}. Give that one another number first.`,
    );
  }
  store.setNumber(sim.simId, number, 'person');
}

function setPin(store: SimStore, sim: StoredSim, pin: string): void {
  if (!/^\d{4,8}$/.test(pin)) throw new Error('--pin must be 4 to 8 digits.');
  if (sim.iccid === undefined && sim.imsi === undefined) {
    throw new Error(
      `No PIN is kept for this card, because its modem does not tell which card it has. Enter it by hand: postern modem ${sim.hiddenIn} pin.`,
    );
  }
  store.setPin(sim.simId, pin);
}

function setServiceCentre(store: SimStore, sim: StoredSim, number: string): void {
  const parsed = e164.nullable().safeParse(number || null);
  if (!parsed.success) throw new Error(`--smsc ${parsed.error.issues[0]?.message}.`);
  store.setServiceCentre(sim.simId, parsed.data, 'person');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
