import { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { type AuditEntry, auditQuery } from '../contract/audit.ts';
import { AuditLog } from '../store/audit-log.ts';
import { dataDirOption, withDatabase } from './data-dir.ts';
import { sentenceOf } from './settings.ts';
import { table } from './table.ts';

interface AuditOptions {
  readonly dataDir: string;
  readonly [filter: string]: string;
}

/** `postern audit`: who changed what, newest first. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('show who changed what, newest first')
    .option('--action <action>', 'only this, for example key.create')
    .option('--actor <actor>', 'only what this user, or the key or session with this id, did')
    .option('--target <target>', 'only what was done to this key, SIM, modem or message')
    .option('--page <page>', 'which page of a hundred lines', '1')
    .addOption(dataDirOption())
    .action(({ dataDir, ...filters }: AuditOptions) => {
      const query = auditQuery.safeParse(filters);
      if (!query.success) throw new Error(query.error.issues.map(sentenceOf).join('\n'));
      const { data, total } = withDatabase(dataDir, (database) =>
        new AuditLog(database, systemClock).page(query.data),
      );
      const titles = ['TIME', 'WHO', 'FROM', 'ACTION', 'TARGET', 'DETAILS'];
      process.stdout.write(`${table(titles, data.map(rowOf))}\n${total} in all.\n`);
    });
}

function rowOf({ at, actor, action, target, details }: AuditEntry): string[] {
  const who = actor.name ?? actor.id ?? '';
  return [
    at,
    who === '' ? actor.kind : `${actor.kind} ${who}`,
    actor.address ?? '',
    action,
    target ?? '',
    Object.keys(details).length === 0 ? '' : JSON.stringify(details),
  ];
}
