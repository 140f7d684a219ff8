import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { validationError } from '../validation.ts';

/** The columns that mean something, beside other titles that people give them. */
const columns: Readonly<Record<string, string>> = {
  to: 'to',
  recipient: 'to',
  number: 'to',
  phone: 'to',
  mobile: 'to',
  body: 'body',
  text: 'body',
  message: 'body',
  from: 'from',
  client_reference: 'client_reference',
  reference: 'client_reference',
  scheduled_at: 'scheduled_at',
  validity_seconds: 'validity_seconds',
  priority: 'priority',
  flash: 'flash',
};

/** The texts of a CSV file. */
export interface TextRows {
  /** By column, as a spreadsheet has them; empty cells are left out. */
  readonly rows: readonly { readonly row: number; readonly cells: Readonly<Record<string, string>> }[];
  readonly ignoredColumns: readonly string[];
}

const longestCell = 10_000;
const parsedAtOnce = 500;

/**
 * Reads a CSV file as spreadsheets write it (RFC 4180; commas, semicolons or tabs; with or without a byte order mark).
 * The first row has the titles.
 *
 * @throws ApiError `VALIDATION_ERROR` naming the line, for what is no CSV, lacks a column or has too many rows
 */
export async function readTextRows(text: string, mostRows: number): Promise<TextRows> {
  const parser = Readable.from([text]).pipe(
    parse({
      bom: true,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      relax_column_count_less: true,
      max_record_size: 8 * longestCell,
    }),
  );
  let titles: readonly string[] | undefined;
  const rows: TextRows['rows'][number][] = [];
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      if (!titles) titles = titlesOf(cells);
      else rows.push({ row, cells: cellsOf(titles, cells) });
      if (rows.length > mostRows) throw wrong(`must have at most ${mostRows} rows`);
      if (row % parsedAtOnce === 0) await nextTurn();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw wrong(`is no CSV that can be read: ${error.message}`);
  } finally {
    parser.destroy();
  }
  if (!titles || rows.length === 0) throw wrong('must have a row of titles and at least one row below it');
  return { rows, ignoredColumns: titles.filter((title) => !Object.hasOwn(columns, title)) };
}

/** What stands most often in the row of titles. */
function delimiterOf(text: string): string {
  const titles = /^[^\r\n]*/.exec(text.slice(0, longestCell))?.[0] ?? '';
  const often = (delimiter: string) => titles.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (often(next) > often(best) ? next : best));
}

function titlesOf(cells: readonly string[]): string[] {
  const titles = cells.map((cell) => cell.trim().toLowerCase().replace(/[ -]/g, '_').slice(0, 100));
  const meant = titles.map((title) => (Object.hasOwn(columns, title) ? columns[title] : undefined));
  for (const name of ['to', 'body']) {
    if (!meant.includes(name)) throw wrong(`must have a column "${name}" in its first row`);
    if (meant.indexOf(name) !== meant.lastIndexOf(name))
      throw wrong(`has more than one column for "${name}"`);
  }
  return titles;
}

function cellsOf(titles: readonly string[], cells: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [index, title] of titles.entries()) {
    const name = Object.hasOwn(columns, title) ? columns[title] : undefined;
    const cell = cells[index];
    if (name !== undefined && cell !== undefined && cell !== '') found[name] = cell;
  }
  return found;
}

function wrong(what: string) {
  return validationError({ csv: what });
}
