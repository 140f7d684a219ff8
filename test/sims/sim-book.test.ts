import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { SimBook } from '../../src/sims/sim-book.ts';
import { SecretBox } from '../../src/store/secret-box.ts';
import { SimStore } from '../../src/store/sim-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase, temporaryFolder } from '../store/temporary-database.ts';

const ours = '+15550001111';
const others = '+15550002222';
const card = { iccid: '8900100000155500019', imsi: '001010000001111' };
const otherCard = { iccid: '8900100000155500027', imsi: '001010000002222' };
const imei = '350000000000016';
const nothing = { number: undefined, pin: undefined, proposedNumber: undefined };

const clock = new ManualClock();
let folder: string;
let dataKey: Buffer;
let sims: SimStore;
let book: SimBook;

/** The program starts, or starts again, over the same database. */
function start(specNumbers: readonly string[] = [], fallbackPin?: string): void {
  sims = new SimStore(temporaryDatabase(join(folder, 'postern.db')), new SecretBox(dataKey));
  book = new SimBook(sims, specNumbers, fallbackPin, clock, silentLog);
}

beforeEach(() => {
  folder = temporaryFolder();
  dataKey = randomBytes(32);
  start();
});

describe('a card is one', () => {
  it('by its ICCID, whatever modem it sits in', () => {
    const { simId } = book.recognise(card, nothing, imei);
    expect(book.recognise(card, nothing, '350000000000024').simId).toBe(simId);
    expect(book.recognise(otherCard, nothing, imei).simId).not.toBe(simId);
  });

  it('by its IMSI, where one modem tells the ICCID and the other does not', () => {
    const { simId } = book.recognise({ ...card, iccid: undefined }, nothing, imei);
    expect(book.recognise(card, nothing, imei).simId).toBe(simId);
    expect(book.recognise({ ...card, imsi: undefined }, nothing, imei).simId).toBe(simId);
  });

  it('and not another that has its IMSI: the ICCID decides', () => {
    const { simId } = book.recognise(card, nothing, imei);
    expect(book.recognise({ ...otherCard, imsi: card.imsi }, nothing, imei).simId).not.toBe(simId);
  });

  it('by its modem, where that tells neither', () => {
    const hidden = { iccid: undefined, imsi: undefined };
    const { simId } = book.recognise(hidden, nothing, imei);
    expect(book.recognise(hidden, nothing, imei).simId).toBe(simId);
    expect(book.recognise(hidden, nothing, '350000000000024').simId).not.toBe(simId);
    expect(book.recognise(card, nothing, imei).simId).not.toBe(simId);
  });

  it('after the program has started again', () => {
    const { simId } = book.recognise(card, { ...nothing, number: ours }, imei);
    start();
    expect(book.recognise(card, nothing, imei)).toMatchObject({ simId, number: ours });
  });
});

describe('the number of a card', () => {
  it('is what the specification of its port says, where it has none', () => {
    expect(book.recognise(card, { ...nothing, number: ours }, imei)).toMatchObject({
      number: ours,
      conflict: undefined,
    });
  });

  it('is kept when the specification says another: nothing is sent, and both are named', () => {
    book.recognise(card, { ...nothing, number: ours }, imei);
    const known = book.recognise(card, { ...nothing, number: others }, imei);
    expect(known.number).toBe(ours);
    expect(known.conflict).toContain(ours);
    expect(known.conflict).toContain(others);
    expect(book.recognise(card, { ...nothing, number: ours }, imei).conflict).toBeUndefined();
  });

  it('is not that of another card, whatever the specification says', () => {
    book.recognise(otherCard, { ...nothing, number: ours }, imei);
    const known = book.recognise(card, { ...nothing, number: ours }, imei);
    expect(known).toMatchObject({ number: undefined, conflict: expect.stringContaining(otherCard.iccid) });
  });

  it('goes with it once its ids can be read, which they could not for a while', () => {
    const unread = { iccid: undefined, imsi: undefined };
    const named = { ...nothing, number: ours };
    expect(book.recognise(unread, named, imei).number).toBe(ours);
    const other = book.recognise(card, named, '350000000000024');
    expect(other.conflict).toMatch(/belongs to another SIM whose modem does not tell its ICCID/);
    expect(book.recognise(card, named, imei)).toMatchObject({ number: ours, conflict: undefined });
    expect(sims.list().filter(({ number }) => number === ours)).toHaveLength(1);
  });

  it('is what it proposes itself, as long as nobody says another', () => {
    const proposing = { ...nothing, proposedNumber: others };
    expect(book.recognise(card, proposing, imei).number).toBe(others);
    expect(book.recognise(card, { ...proposing, number: ours }, imei)).toMatchObject({
      number: ours,
      conflict: undefined,
    });
    expect(book.recognise(card, proposing, imei).number).toBe(ours);
  });

  it('that a card only proposes goes to the card that a person gives it to', () => {
    book.recognise(otherCard, { ...nothing, proposedNumber: ours }, imei);
    expect(book.recognise(card, { ...nothing, number: ours }, imei)).toMatchObject({
      number: ours,
      conflict: undefined,
    });
    expect(book.recognise(otherCard, { ...nothing, proposedNumber: ours }, imei).number).toBeUndefined();
  });

  it('given by a person beats the specification', () => {
    const { simId } = book.recognise(card, nothing, imei);
    sims.setNumber(simId, others, 'person');
    const known = book.recognise(card, { ...nothing, number: ours, proposedNumber: ours }, imei);
    expect(known).toMatchObject({ number: others, conflict: expect.stringContaining(ours) });
  });

  it('named by a specification is not proposed away by another card', () => {
    start([ours]);
    expect(book.recognise(otherCard, { ...nothing, proposedNumber: ours }, imei).number).toBeUndefined();
  });
});

describe('a number is ours', () => {
  it('when a specification names it, with its SIM never yet seen', () => {
    start([ours]);
    expect(book.isOurs(ours)).toBe(true);
    expect(book.isOurs(others)).toBe(false);
    expect(book.numbers()).toEqual([ours]);
  });

  it('when it is known from the store, with its SIM away', () => {
    book.recognise(card, { ...nothing, number: ours }, imei);
    start([ours, others]);
    expect(book.isOurs(ours)).toBe(true);
    expect(book.numbers()).toEqual([ours, others]);
  });
});

describe('the PIN of a card', () => {
  it('is its own before that of the port before that for all', () => {
    start([], '3333');
    expect(book.pinFor(card, '2222', imei)).toEqual({ kind: 'pin', pin: '2222' });
    expect(book.pinFor(card, undefined, imei)).toEqual({ kind: 'pin', pin: '3333' });
    book.pinAccepted(card, '1111', imei);
    expect(book.pinFor(card, '2222', imei)).toEqual({ kind: 'pin', pin: '1111' });
    expect(book.pinFor(otherCard, '2222', imei)).toEqual({ kind: 'pin', pin: '2222' });
  });

  it('is none where nobody gave one', () => {
    expect(book.pinFor(card, undefined, imei)).toEqual({ kind: 'none' });
  });

  it('that it refused is not tried again, also after a start and by another way', () => {
    book.pinRefused(card, '1111', imei);
    start([], '1111');
    expect(book.pinFor(card, '1111', imei)).toEqual({ kind: 'refused-before' });
    expect(book.pinFor(card, undefined, imei)).toEqual({ kind: 'refused-before' });
    expect(book.pinFor(card, '2222', imei)).toEqual({ kind: 'pin', pin: '2222' });
    expect(book.pinFor(otherCard, '1111', imei)).toEqual({ kind: 'pin', pin: '1111' });
  });

  it('that was written down as tried is free again when it opened the card, or when nobody knows', () => {
    book.pinRefused(card, '1111', imei);
    book.pinAccepted(card, '1111', imei);
    expect(book.pinFor(card, undefined, imei)).toEqual({ kind: 'pin', pin: '1111' });
    book.pinRefused(otherCard, '2222', imei);
    book.pinUndecided(otherCard, '2222', imei);
    expect(book.pinFor(otherCard, '2222', imei)).toEqual({ kind: 'pin', pin: '2222' });
  });

  it('that a person gives again is tried again', () => {
    book.pinRefused(card, '1111', imei);
    const [known] = sims.list();
    sims.setPin(known?.simId ?? 0, '1111');
    expect(book.pinFor(card, undefined, imei)).toEqual({ kind: 'pin', pin: '1111' });
  });

  it('does not lie readable in the database, neither kept nor refused', () => {
    book.pinAccepted(card, '471147', imei);
    book.pinRefused(otherCard, '815815', imei);
    const database = temporaryDatabase(join(folder, 'postern.db'));
    const rows = JSON.stringify(database.prepare('SELECT * FROM sims').all());
    expect(rows).not.toContain('471147');
    expect(rows).not.toContain('815815');
  });

  it('is unknown under another data key, and asked for again', () => {
    book.pinAccepted(card, '4711', imei);
    dataKey = randomBytes(32);
    start();
    expect(book.pinFor(card, undefined, imei)).toEqual({ kind: 'none' });
  });
});

it('what lies on a card is imported until it was taken in once', () => {
  const first = book.recognise(card, nothing, imei);
  expect(first.undrained).toBe(true);
  book.drained(first.simId);
  start();
  expect(book.recognise(card, nothing, imei).undrained).toBe(false);
  expect(book.recognise(otherCard, nothing, imei).undrained).toBe(true);
});
