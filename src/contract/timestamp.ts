const secondMs = 1_000;
const daySeconds = 86_400;
/** The last second that has a year of four digits. */
const lastOfFourDigits = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** UTC with whole seconds, as every time in the API is written. `epochMs`: milliseconds since 1970. */
export function formatTimestamp(epochMs: number): string {
  if (!(epochMs >= 0 && epochMs <= lastOfFourDigits))
    return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
  const seconds = Math.floor(epochMs / secondMs);
  const ofDay = seconds % daySeconds;
  const hour = Math.floor(ofDay / 3_600);
  const minute = Math.floor(ofDay / 60) % 60;
  return `${calendarDate(Math.floor(seconds / daySeconds))}T${two(hour)}:${two(minute)}:${two(ofDay % 60)}Z`;
}

/**
 * The Gregorian date of a day counted from 1970-01-01, by eras of 400 years that begin in March: a page of messages has
 * sixty times, and the language's own way is what takes longest of showing it.
 */
function calendarDate(day: number): string {
  const sinceMarchOfYear0 = day + 719_468;
  const era = Math.floor(sinceMarchOfYear0 / 146_097);
  const ofEra = sinceMarchOfYear0 - era * 146_097;
  const leapDays = Math.floor(ofEra / 1_460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const yearOfEra = Math.floor((ofEra - leapDays) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153);
  const dayOfMonth = ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(dayOfMonth)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
