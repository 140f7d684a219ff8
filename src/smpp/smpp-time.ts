const form = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d)(\d\d)([-+R])$/;
const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * The moment that `YYMMDDhhmmsstnnp` means (SMPP 3.4, 7.1.1), absolute (`p` is + or -, `nn` quarters of an hour from
 * UTC) or relative to `now` (`p` is R; a month counts as 30 days, a year as 365). Milliseconds since 1970; undefined
 * where it means none.
 */
export function readSmppTime(text: string, now: number): number | undefined {
  const [, year, month, day, hour, minute, second, tenth, quarters, kind] = form.exec(text) ?? [];
  if (kind === undefined) return undefined;
  if (kind === 'R') {
    const days = 365 * Number(year) + 30 * Number(month) + Number(day);
    return now + days * dayMs + Number(hour) * hourMs + Number(minute) * minuteMs + Number(second) * secondMs;
  }
  const local = Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:${second}.${tenth}00Z`);
  if (Number.isNaN(local) || Number(quarters) > 48) return undefined;
  if (new Date(local).getUTCDate() !== Number(day)) return undefined;
  const offset = 15 * minuteMs * Number(quarters);
  return kind === '+' ? local - offset : local + offset;
}

/** A moment as the texts of delivery receipts write it, in UTC: `YYMMDDhhmm` (SMPP 3.4, appendix B). */
export function receiptTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\D/g, '').slice(2, 12);
}

/** A moment as an absolute time in UTC (SMPP 3.4, 7.1.1.1). */
export function absoluteTime(epochMs: number): string {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '');
  return `${digits.slice(2, 15)}00+`;
}
