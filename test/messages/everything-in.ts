import type { GatewayBench } from './gateway-bench.ts';

/** Every value of every table as text. */
export function everythingIn({ table }: GatewayBench): string {
  const tables = table.database
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_master
       WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'`,
    )
    .all();
  return tables
    .map(({ name }) => JSON.stringify(table.database.prepare(`SELECT * FROM ${name}`).all()))
    .join('\n');
}
