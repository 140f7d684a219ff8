/**
 * Loaded before the built program (`node --import`), so that the program itself knows nothing of it: ends the process
 * as a power cut does, at the boundary that `CRASH_AT` names. Without that variable it does nothing.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type Boundary, commitName, type Kill, orderVariable, writeName } from './boundary.ts';

interface Statement {
  readonly readonly: boolean;
  run(...values: unknown[]): unknown;
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown;
}

interface Connection {
  readonly inTransaction: boolean;
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
}

type Written = (error?: Error | null) => void;

interface Port {
  write(octets: Buffer, written?: Written): boolean;
}

const order = process.env[orderVariable];
if (order !== undefined) obey(JSON.parse(order) as Kill);

function obey(kill: Kill): void {
  if ('afterMs' in kill) return killAfter(kill.afterMs);
  const load = createRequire(process.argv[1] ?? '');
  const come = counted(kill);
  if (kill.kind === 'commit') watchCommits(load('better-sqlite3').prototype, come);
  else watchWrites(load('serialport').SerialPort.prototype, come);
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** A thread's clock strikes in the middle of whatever the program is doing. */
function killAfter(ms: number): void {
  const strike = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${ms})`;
  new Worker(strike, { eval: true }).unref();
}

type Come = (when: Boundary['when'], name: string) => boolean;

/** Tells whether the program has come to its boundary. */
function counted({ when, name, nth }: Boundary): Come {
  let count = 0;
  return (now, what) => {
    if (now !== when || what !== name) return false;
    count++;
    return count === nth;
  };
}

function watchCommits(connections: Connection, come: Come): void {
  const { prepare, exec } = connections;
  let statements: string[] = [];
  const around = (commit: () => unknown): unknown => {
    const name = commitName(statements);
    statements = [];
    if (come('before', name)) die();
    const result = commit();
    if (come('after', name)) die();
    return result;
  };
  connections.exec = function (this: Connection, sql) {
    if (sql.startsWith('BEGIN')) statements = [];
    return sql === 'COMMIT' ? around(() => exec.call(this, sql)) : exec.call(this, sql);
  };
  connections.prepare = function (this: Connection, sql) {
    const statement = prepare.call(this, sql);
    if (statement.readonly) return statement;
    for (const method of ['run', 'get', 'all'] as const) {
      const perform = statement[method].bind(statement);
      const value = (...values: unknown[]) => {
        if (!this.inTransaction) statements = [];
        statements.push(sql);
        return this.inTransaction ? perform(...values) : around(() => perform(...values));
      };
      Object.defineProperty(statement, method, { value, writable: true, configurable: true });
    }
    return statement;
  };
}

function watchWrites(ports: Port, come: Come): void {
  const { write } = ports;
  ports.write = function (this: Port, octets, written) {
    const name = writeName(octets.toString('latin1'));
    if (come('before', name)) die();
    if (come('amid', name)) return write.call(this, octets.subarray(0, octets.length / 2), die);
    const last = come('after', name);
    return write.call(this, octets, last ? die : written);
  };
}
