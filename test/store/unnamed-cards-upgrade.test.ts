import type Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { SecretBox } from '../../src/store/secret-box.ts';
import { SimStore } from '../../src/store/sim-store.ts';
import { upgraded } from './earlier-database.ts';

/** The version in which a card that its modem did not name left an entry among the SIMs. */
const withNamelessSims = 17;

const modemId = '356938035643809';
const box = new SecretBox(Buffer.alloc(32, 7));

interface OldSim {
  readonly sim_id?: number;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly hidden_in?: string;
  readonly number?: string;
  readonly label?: string;
  readonly sealed_pin?: string;
  readonly refused_pins?: string;
  readonly drained_at?: number;
}

/** Puts a SIM in, as the program of that version did; a nameless one of `modemId` unless said otherwise. */
function insert(connection: Sqlite.Database, sim: OldSim): void {
  const row = { sim_id: 1, refused_pins: '[]', created_at: 1_700_000_000_000, ...sim };
  const names = Object.keys(row);
  connection
    .prepare(`INSERT INTO sims (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`)
    .run(row);
}

const sealed = () => box.seal('4711');
const refusals = () => JSON.stringify([box.fingerprint('1111')]);
const nameless = (sim: OldSim = {}): OldSim => ({ hidden_in: modemId, ...sim });

function simsAfter(...sims: readonly OldSim[]): SimStore {
  return new SimStore(
    upgraded(withNamelessSims, (connection) => {
      for (const sim of sims) insert(connection, sim);
    }),
    box,
  );
}

describe('an entry without a name, of a card that its modem did not name', () => {
  it.each<[string, OldSim, 'tried' | 'refused' | undefined]>([
    ['that got a PIN and took it', nameless({ sealed_pin: sealed() }), 'tried'],
    ['that refused a PIN', nameless({ refused_pins: refusals() }), 'refused'],
    [
      'that refused one and took another',
      nameless({ sealed_pin: sealed(), refused_pins: refusals() }),
      'refused',
    ],
    ['that got none', nameless(), undefined],
  ])('%s, becomes what is remembered of that modem', (_, sim, outcome) => {
    const sims = simsAfter(sim);
    expect(sims.list()).toEqual([]);
    expect(sims.unnamedCardTry(modemId)).toBe(outcome);
  });

  it.each<[string, OldSim]>([
    ['a number', nameless({ number: '+15550001111' })],
    ['a label', nameless({ label: 'Front desk' })],
    ['texts that were taken off it', nameless({ drained_at: 1_700_000_000_000 })],
  ])('that has %s stays, and keeps no PIN that could be tried on another card', (_, sim) => {
    const sims = simsAfter({ ...sim, sealed_pin: sealed(), refused_pins: refusals() });
    expect(sims.list()).toMatchObject([{ simId: 1, hiddenIn: modemId, hasPin: false }]);
    expect(sims.hasRefused(1, '1111')).toBe(false);
    expect(sims.unnamedCardTry(modemId)).toBe('refused');
  });
});

describe('an entry without a name stays where something still tells of it:', () => {
  const messageColumns = 'message_id, direction, status, body, encoding, segment_count, created_at, sim_id';
  const message = (simId: number | null) =>
    `INSERT INTO messages (${messageColumns}) VALUES ('one', 'outbound', 'sent', 'Hello', 'gsm7', 1, 1, ${simId})`;

  it.each<[string, ...string[]]>([
    ['a message', message(1)],
    ['a segment', message(null), 'INSERT INTO segments (message_seq, position, sim_id) VALUES (1, 1, 1)'],
    ['a concatenation reference', `INSERT INTO concat_references VALUES (1, '+15557654321', 9)`],
    ['a delivery report', `INSERT INTO status_reports (sim_id, pdu, received_at) VALUES (1, '00', 1)`],
    [
      'a part that came in',
      `INSERT INTO inbound_parts (sim_id, storage, storage_index, pdu, received_at, kind) VALUES (1, 'SM', 0, '00', 1, 'deliver')`,
    ],
    ['what its limits count', 'INSERT INTO past_usage VALUES (1, 1)'],
  ])('%s', (_, ...statements) => {
    const database = upgraded(withNamelessSims, (connection) => {
      insert(connection, nameless({ sealed_pin: sealed() }));
      for (const statement of statements) connection.exec(statement);
    });
    const sims = new SimStore(database, box);
    expect(sims.list()).toMatchObject([{ simId: 1, hasPin: false }]);
    expect(sims.unnamedCardTry(modemId)).toBe('tried');
  });
});

it('a card with a name keeps its PIN, what it refused, and its number', () => {
  const own = { sealed_pin: sealed(), refused_pins: refusals() };
  const sims = simsAfter(
    { sim_id: 1, iccid: '89490200001234567890', number: '+15550001111', ...own },
    { sim_id: 2, imsi: '262011234567890', ...own },
  );
  expect(sims.list()).toMatchObject([{ number: '+15550001111' }, { imsi: '262011234567890' }]);
  for (const simId of [1, 2]) {
    expect(sims.pin(simId)).toBe('4711');
    expect(sims.hasRefused(simId, '1111')).toBe(true);
  }
  expect(sims.unnamedCardTry(modemId)).toBeUndefined();
});
