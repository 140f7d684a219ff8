import { expect, test } from 'vitest';
import { PasswordStore } from '../../src/store/password-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from './temporary-database.ts';

test('a password is known again at the cost at which it was kept, in whatever form its letters come', async () => {
  const database = temporaryDatabase();
  const clock = new ManualClock();
  const store = new PasswordStore(database, clock);
  const cheaper = new PasswordStore(database, clock, { N: 16, r: 1, p: 1 });
  expect(await cheaper.verify('administrator', 'anything')).toBe(false);
  store.keep('administrator', await store.hashOf('Stra\u00dfe nach \u00c5rhus'));
  expect(await cheaper.verify('administrator', 'Stra\u00dfe nach A\u030arhus')).toBe(true);
  expect(await cheaper.verify('administrator', 'Strasse nach Arhus')).toBe(false);
  expect(await cheaper.verify('reader', 'Stra\u00dfe nach \u00c5rhus')).toBe(false);
  expect(cheaper.remove('administrator')).toBe(true);
  expect(cheaper.remove('administrator')).toBe(false);
  expect(await cheaper.verify('administrator', 'Stra\u00dfe nach \u00c5rhus')).toBe(false);
});
