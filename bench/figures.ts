/** One line of the table: what was measured, beside its limit and what bare parts do in the same run. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** The limit in words, and whether the measured value keeps it. */
  readonly limit?: { readonly text: string; readonly kept: boolean };
  readonly bare?: string;
}

/** The value below which the share `part` (0 to 1) of `values` lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  return sorted[place] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The figures as lines of a Markdown table, so that a run can be pasted into docs/benchmarks.md as it is. */
export function table(figures: readonly Figure[]): string {
  const head = ['what', 'measured', 'limit', '', 'bare parts'];
  const rows = figures.map(({ what, measured, limit, bare }) => [
    what,
    measured,
    limit?.text ?? '',
    limit ? (limit.kept ? 'kept' : 'MISSED') : '',
    bare ?? '',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
