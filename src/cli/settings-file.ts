import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { SettingsDifference, SettingsFile, SettingsImportReport } from '../contract/settings-file.ts';
import { dataDirOption } from './data-dir.ts';
import { askGateway } from './local-gateway.ts';
import { secretInput } from './secret-input.ts';

const shortest = 10;

/** `postern settings export FILE`: all that is set for a gateway that serves, as one file without messages. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write all that is set (gateway, SIMs, lists, webhooks, network) into a file, without messages',
    )
    .argument('<file>', 'where to; it must not be there yet')
    .option('--secrets', 'with PINs, the mail password and webhook secrets, sealed under a passphrase')
    .addOption(dataDirOption())
    .action(async (file: string, { dataDir, secrets }: { dataDir: string; secrets?: boolean }) => {
      if (existsSync(file)) throw new Error(`${file} is there already. Name another file.`);
      const passphrase = secrets ? await secretInput().ask('Passphrase for the secrets') : undefined;
      if (passphrase !== undefined && passphrase.length < shortest)
        throw new Error(`The passphrase must have at least ${shortest} characters.`);
      const exported = await askGateway(dataDir, 'POST', '/v1/settings/export', { passphrase });
      writeFileSync(file, `${JSON.stringify(exported, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      process.stdout.write(
        `${file} holds all that is set${passphrase === undefined ? '; PINs and passwords are left out' : ''}.\n`,
      );
    });
}

/** `postern settings import FILE`: sets what such a file says, or with `--dry-run` only tells what that would change. */
export function importSettingsCommand(): Command {
  return new Command('import')
    .description('set what a file of "settings export" says; nothing is taken away')
    .argument('<file>', 'what "settings export" wrote')
    .option('--dry-run', 'only tell what would change')
    .option('--secrets', 'also take the secrets in it; asks for their passphrase')
    .addOption(dataDirOption())
    .action(
      async (
        path: string,
        { dataDir, dryRun, secrets }: { dataDir: string; dryRun?: true; secrets?: true },
      ) => {
        const file = readSettingsFile(path);
        const passphrase = secrets ? await secretInput().ask('Passphrase for the secrets') : undefined;
        const query = dryRun ? '?dry_run=true' : '';
        const report = await askGateway(dataDir, 'POST', `/v1/settings/import${query}`, { file, passphrase });
        process.stdout.write(`${reportLines(report as SettingsImportReport).join('\n')}\n`);
      },
    );
}

function readSettingsFile(path: string): SettingsFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SettingsFile;
  } catch (error) {
    throw new Error(`${path} cannot be read as a file of settings (${(error as Error).message}).`);
  }
}

function reportLines(report: SettingsImportReport): string[] {
  const { changes, changes_total: total } = report;
  const verb = report.dry_run ? 'would change' : 'changed';
  return [
    ...changes.map(differenceLine),
    ...(total > changes.length ? [`... and ${total - changes.length} more`] : []),
    ...report.left_out.map(({ target, why }) => `left out: ${target === null ? '' : `${target}: `}${why}`),
    ...report.new_secrets.map(({ url, secret }) => `new secret of the webhook ${url}: ${secret}`),
    total === 0
      ? `Nothing ${report.dry_run ? 'would change' : 'was to be changed'}.`
      : `${total} ${total === 1 ? 'thing' : 'things'} ${verb}.`,
    ...(report.restart_needed ? ['Some of it holds from the next start of the gateway on.'] : []),
  ];
}

function differenceLine({ part, target, name, before, after }: SettingsDifference): string {
  const where = target === null ? part : `${part} ${target}`;
  return `${where}: ${name}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
}
