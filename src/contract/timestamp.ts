/** UTC with whole seconds, as every time in the API is written. `epochMs`: milliseconds since 1970. */
export function formatTimestamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
