import { decodeHost, encodeHost } from '../at/character-set.ts';
import { cme, ok, type Reply } from '../at/reply.ts';
import type { EmulatedSim, PhoneBookEntry } from '../network/emulated-sim.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';
import { kept } from './kept.ts';

const capacity = 250;
const longestNumber = 40;
const longestText = 18;

/** Entries of the chosen phone book: contacts of the card, or the subscriber's own numbers. */
function entriesOf({ equipment, settings }: CommandContext): ReadonlyMap<number, PhoneBookEntry> {
  const { sim } = equipment;
  if (!sim) throw cme(10);
  if (settings.phoneBook === 'SM') return sim.phoneBook;
  return new Map(ownEntries(sim));
}

function ownEntries(sim: EmulatedSim): [number, PhoneBookEntry][] {
  return sim.ownNumbers.map((number, index) => [index + 1, { number, type: typeOf(number), text: '' }]);
}

const typeOf = (number: string) => (number.startsWith('+') ? 145 : 129);

function lines(
  context: CommandContext,
  name: string,
  chosen: (index: number, entry: PhoneBookEntry) => boolean,
): Reply {
  const found = [...entriesOf(context)]
    .filter(([index, entry]) => chosen(index, entry))
    .sort(([a], [b]) => a - b);
  const text = ([index, { number, type, text: label }]: [number, PhoneBookEntry]) =>
    `${name}: ${index},"${number}",${type},"${encodeHost(label, context.settings.characterSet)}"`;
  return found.length > 0 ? ok(found.map(text).join('\r\n')) : ok();
}

const storage: CommandDefinition = {
  name: '+CPBS',
  needs: 'sim',
  test: () => ok('+CPBS: ("SM","ON")'),
  read(context) {
    const { phoneBook } = context.settings;
    return ok(`+CPBS: "${phoneBook}",${entriesOf(context).size},${phoneBook === 'SM' ? capacity : 2}`);
  },
  set({ settings }, parameters) {
    const name = parameters.text(0).toUpperCase();
    if (!['SM', 'ON'].includes(name)) throw cme(3);
    settings.phoneBook = name;
    return ok();
  },
};

const readEntries: CommandDefinition = {
  name: '+CPBR',
  needs: 'sim',
  test: ({ settings }) =>
    ok(`+CPBR: (1-${settings.phoneBook === 'SM' ? capacity : 2}),${longestNumber},${longestText}`),
  set(context, parameters) {
    const first = parameters.integer(0, { from: 1, to: capacity });
    const last = parameters.integer(1, { from: 1, to: capacity }, first);
    return lines(context, '+CPBR', (index) => index >= first && index <= last);
  },
};

const findEntries: CommandDefinition = {
  name: '+CPBF',
  needs: 'sim',
  test: () => ok(`+CPBF: ${longestNumber},${longestText}`),
  set(context, parameters) {
    const start = decodeHost(parameters.text(0, ''), context.settings.characterSet).toLowerCase();
    return lines(context, '+CPBF', (_index, entry) => entry.text.toLowerCase().startsWith(start));
  },
};

const writeEntry: CommandDefinition = {
  name: '+CPBW',
  needs: 'sim',
  test: () => ok(`+CPBW: (1-${capacity}),${longestNumber},(129,145),${longestText}`),
  set(context, parameters) {
    const { sim } = context.equipment;
    if (!sim || context.settings.phoneBook !== 'SM') throw cme(3);
    const index = parameters.integer(0, { from: 1, to: capacity }, freePlace(sim));
    if (parameters.count < 2) sim.phoneBook.delete(index);
    else sim.phoneBook.set(index, entryOf(context, parameters.text(1), parameters.text(3, '')));
    return ok();
  },
};

function freePlace(sim: EmulatedSim): number {
  for (let place = 1; place <= capacity; place++) if (!sim.phoneBook.has(place)) return place;
  throw cme(20);
}

function entryOf(context: CommandContext, number: string, label: string): PhoneBookEntry {
  if (!/^\+?[\d*#]{1,40}$/.test(number)) throw cme(27);
  const text = decodeHost(label, context.settings.characterSet);
  if (text.length > longestText) throw cme(24);
  return { number, type: typeOf(number), text };
}

/** The card's phone book (27.007 8.11 to 8.14). */
export const phoneBookCommands: readonly CommandDefinition[] = [
  storage,
  readEntries,
  findEntries,
  writeEntry,
  kept('+CSVM', '0,"",129', /^[01](,.*)?$/, '(0,1),(129,145)'),
];
