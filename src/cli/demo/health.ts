import type { Database } from '../../store/database.ts';
import { HealthStore } from '../../store/health-store.ts';
import { imeiOf, office } from './office.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** How the modems of the office fared in the last day, a row a minute, as the gateway would have kept them. */
export function writeHealth(database: Database, simIds: readonly number[], now: number): void {
  const last = Math.floor(now / minuteMs) * minuteMs - minuteMs;
  const health = new HealthStore(database);
  health.add(
    office.flatMap(({ signal = 20, technology }, place) =>
      Array.from({ length: dayMs / minuteMs }, (_, minute) => ({
        modemId: imeiOf(place),
        at: last - minute * minuteMs,
        simId: simIds[place],
        online: isAway(place, minute) ? 0 : 1,
        signal: isAway(place, minute) ? undefined : dbmOf(signal) + swing(place, minute),
        reference: undefined,
        quality: undefined,
        temperature: 34 + place * 2 + Math.round(4 * Math.sin(minute / 230)),
        supply: undefined,
        storagePercent: 0,
        technology: isAway(place, minute) ? undefined : technology,
        operator: isAway(place, minute) ? undefined : 'Postern Test Network',
      })),
    ),
  );
}

/** +CSQ in dBm (3GPP TS 27.007 8.5). */
function dbmOf(signal: number): number {
  return signal * 2 - 113;
}

/** The third modem was searching for a quarter of an hour this morning. */
function isAway(place: number, minute: number): boolean {
  return place === 2 && minute > 400 && minute < 416;
}

/** A slow wave with a little noise that is the same each time. */
function swing(place: number, minute: number): number {
  return Math.round(2.2 * Math.sin(minute / 97 + place) + 1.4 * Math.sin(minute * 12.9898 + place * 78.233));
}
