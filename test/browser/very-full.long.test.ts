import { writeHistory } from '../../src/cli/demo/history.ts';
import { systemClock } from '../../src/clock.ts';
import { databaseFile } from '../../src/config.ts';
import { Database } from '../../src/store/database.ts';
import { readKeyFile, SecretBox } from '../../src/store/secret-box.ts';
import { lookAtEveryPage } from './every-page.ts';
import { everySight } from './sights.ts';

/** A hundred thousand messages, as an office has them that was busy for a quarter of a year. */
const busy = { days: 100, textsOfADay: 1_000 };

lookAtEveryPage(
  () => everySight,
  (dataDir) => {
    const database = Database.open(databaseFile(dataDir));
    writeHistory(database, new SecretBox(readKeyFile(dataDir)), systemClock.now(), busy);
    database.close();
  },
);
