import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { ImportReport } from '../contract/batch.ts';
import { dataDirOption } from './data-dir.ts';
import { askGateway } from './local-gateway.ts';

interface ImportOptions {
  readonly from?: string;
  readonly name?: string;
  readonly paused?: true;
  readonly dryRun?: true;
  readonly dataDir: string;
}

const mostShown = 20;

/** `postern import`: hands the texts of a CSV file to the gateway that is running, or looks whether they could be. */
export function importCommand(): Command {
  return new Command('import')
    .description('send the texts of a CSV file through the gateway that is running')
    .argument('<file>', 'its first row has titles, among them "to" and "body"')
    .option('--from <number>', 'the number that rows leave from which name none of their own')
    .option('--name <name>', 'what the batch is called')
    .option('--paused', 'nothing leaves before "batch resume"')
    .option('--dry-run', 'judge every row and send nothing')
    .addOption(dataDirOption())
    .action(async (file: string, options: ImportOptions) => {
      const path = `/v1/sms/import?${queryOf(options)}`;
      const csv = readUtf8(file);
      const report = (await askGateway(options.dataDir, 'POST', path, csv, 'text/csv')) as ImportReport;
      process.stdout.write(`${linesOf(report).join('\n')}\n`);
      if (report.refused > 0) process.exitCode = 1;
    });
}

/** In another encoding umlauts and accents would be lost without a word. */
function readUtf8(file: string): string {
  const octets = readFileSync(file);
  if (isUtf8(octets)) return octets.toString();
  throw new Error(`${file} is not valid UTF-8. Save it as "CSV UTF-8".`);
}

function queryOf({ from, name, paused, dryRun }: ImportOptions): URLSearchParams {
  const named = { from, name, paused: paused && 'true', dry_run: dryRun && 'true' };
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given);
}

function linesOf(report: ImportReport): string[] {
  const { batch_id, rows, accepted, segments, refused, errors } = report;
  const verb = report.dry_run ? 'would be accepted' : 'accepted';
  return [
    `${accepted} of ${rows} rows ${verb} (${segments} ${segments === 1 ? 'segment' : 'segments'}).`,
    ...(report.ignored_columns.length > 0 ? [`Columns left out: ${report.ignored_columns.join(', ')}.`] : []),
    ...errors.slice(0, mostShown).map(({ row, error }) => `row ${row}: ${sentenceOf(error)}`),
    ...(refused > mostShown ? [`... and ${moreRows(refused - mostShown)} refused.`] : []),
    ...(batch_id === null ? [] : [`Batch ${batch_id}`]),
  ];
}

const moreRows = (count: number) => (count === 1 ? '1 more row is' : `${count} more rows are`);

function sentenceOf({ message, details }: ImportReport['errors'][number]['error']): string {
  const fields = Object.entries(details ?? {}).map(([field, why]) => `${field} ${why}`);
  return fields.length > 0 ? fields.join('; ') : message;
}
