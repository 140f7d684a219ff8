/** The longest text that is accepted, in Unicode code points. */
export const longestBody = 1_600;

/** The length that a person would count: Unicode code points, not UTF-16 units. */
export function codePointCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
