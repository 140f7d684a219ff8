import { plainNumber } from '../../contract/written-number.ts';

/**
 * A row of a CSV file as the request that `POST /sms/send` would take. Numbers may be written as people write them:
 * `0049 (151) 123-456` is `+49151123456`. What cannot be read stays as it is, for the request's own check to name it.
 *
 * @param from the number for rows without one of their own
 */
export function toTextRequest(
  cells: Readonly<Record<string, string>>,
  from: string | undefined,
): Record<string, unknown> {
  const { to, from: ownFrom = from, validity_seconds, priority, flash, ...texts } = cells;
  return {
    ...texts,
    ...(to === undefined ? {} : { to: plainNumber(to) }),
    ...(ownFrom === undefined ? {} : { from: plainNumber(ownFrom) }),
    ...(validity_seconds === undefined ? {} : { validity_seconds: numberOf(validity_seconds) }),
    ...(priority === undefined ? {} : { priority: numberOf(priority) }),
    ...(flash === undefined ? {} : { flash: truthOf(flash) }),
  };
}

function numberOf(text: string): number | string {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : text;
}

function truthOf(text: string): boolean | string {
  const word = text.trim().toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0'].includes(word) ? false : text;
}
