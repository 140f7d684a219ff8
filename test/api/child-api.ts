import { copyFileSync, rmSync } from 'node:fs';
import { inject, onTestFinished, TestRunner } from 'vitest';
import type { ApiDependencies } from '../../src/api/dependencies.ts';
import { systemClock } from '../../src/clock.ts';
import { databaseFile } from '../../src/config.ts';
import type { Scope } from '../../src/contract/key.ts';
import { silentLog } from '../../src/log.ts';
import { AuditLog } from '../../src/store/audit-log.ts';
import { Database } from '../../src/store/database.ts';
import { KeyStore } from '../../src/store/key-store.ts';
import { PasswordStore } from '../../src/store/password-store.ts';
import { SessionStore } from '../../src/store/session-store.ts';
import { ModemBench } from '../whole/bench-of-modems.ts';
import { RunningGateway, temporaryDataDir } from '../whole/running-gateway.ts';
import { type Answer, ApiClient, type Asked } from './api-client.ts';
import { StoredSince } from './stored-since.ts';

/** Set where `startApi` is to start the built program instead of a server in the process of the tests. */
export const builtProgramIsAsked = process.env.API_UNDER_TEST === 'child';

/** Leaves the test that runs out where the built program is asked, as it needs more than HTTP and the data directory. */
export function needsOwnProcess(what: string): void {
  if (builtProgramIsAsked) leaveOut(what);
}

function leaveOut(what: string): never {
  const test = TestRunner.getCurrentTest();
  if (!test) throw new Error(`outside of a test: needs ${what}`);
  return test.context.skip(`needs ${what}`);
}

/** A text that leaves takes longer than any test: what is `dispatched` stays so. */
const textTakesMs = 3_600_000;
const changing = /^(?:POST|PUT|PATCH|DELETE)$/;
const changingAnywhere = /^(?:POST|PUT|PATCH|DELETE) /m;
/** What only writes texts, keys and links changes nothing that the program holds in memory. */
const onlyWrites = /^\/v1\/(?:sms|batches|keys|session\/links)(?:[/?]|$)/;
/** A text that was handed over is given up after two minutes, which a test is not to see. */
const freshForMs = 60_000;

/** Starts that are under way or done, so that tests which change nothing share one. */
let shared: ChildApi | undefined;
if (builtProgramIsAsked) process.once('exit', () => shared?.kill());

/**
 * The built program as a child process with a data directory of its own, which a second connection to its database sees
 * as well, as that of the command line does. Asking it, and what is kept on disk, is as with a server in this process;
 * a test that needs more is left out.
 */
export class ChildApi extends ApiClient {
  key = '';
  readonly #flags: string;
  readonly #gateway: RunningGateway;
  readonly #bench: ModemBench;
  readonly #database: Database;
  readonly #keys: KeyStore;
  #stored: StoredSince | undefined;
  readonly #startedAt = performance.now();
  /** What a test did to it: written rows are taken out again, anything else needs another one. */
  #touched: 'nothing' | 'rows' | 'program' = 'nothing';
  #closed = false;

  private constructor(flags: string, gateway: RunningGateway, bench: ModemBench) {
    super();
    this.#flags = flags;
    this.#gateway = gateway;
    this.#bench = bench;
    this.#database = Database.open(databaseFile(gateway.dataDir));
    this.#keys = new KeyStore(this.#database, systemClock, silentLog);
    this.url = gateway.url;
    this.port = Number(new URL(gateway.url).port);
  }

  /** One with these changes, in which no test has changed anything yet. */
  static async untouched(changes: Partial<ApiDependencies>, own: string, away: string): Promise<ChildApi> {
    const test = TestRunner.getCurrentTest();
    const flags = flagsFor(changes);
    if (test) test.meta.askedBuiltProgram = true;
    const wanted = JSON.stringify(flags);
    if (shared && !shared.#isFit(wanted)) await shared.#end();
    shared ??= await ChildApi.#start(flags, wanted, own, away);
    const api = shared;
    onTestFinished(() => api.#afterTest());
    return api;
  }

  #isFit(wanted: string): boolean {
    return this.#touched === 'nothing' && this.#flags === wanted;
  }

  async #afterTest(): Promise<void> {
    if (shared !== this || this.#touched === 'nothing') return;
    if (this.#touched === 'program' || performance.now() - this.#startedAt > freshForMs) return this.#end();
    try {
      this.#stored?.takeOut();
    } catch {
      return this.#end(); // the test took a table away
    }
    this.#makeKey();
    this.#touched = 'nothing';
  }

  #makeKey(): void {
    this.key = this.#keys.create({ name: 'test', scopes: ['sms:send', 'sms:read'] }).key;
  }

  static async #start(flags: readonly string[], wanted: string, own: string, away: string) {
    const bench = await ModemBench.open({ latencyMs: textTakesMs });
    const modem = bench.add(own);
    await modem.plugIn('ttyUSB0');
    const modems = [
      `path=${modem.path('ttyUSB0')},number=${own}`,
      `path=${modem.path('away')},number=${away}`,
    ];
    const dataDir = await temporaryDataDir();
    const migrated = inject('migratedDatabase');
    if (migrated) copyFileSync(migrated, databaseFile(dataDir));
    const gateway = await RunningGateway.start([...modems.flatMap((spec) => ['--modem', spec]), ...flags], {
      dataDir,
      key: 'none',
      env: { POSTERN_LOG_LEVEL: 'warn', POSTERN_MAIL_DOMAIN: 'texts.local' },
    });
    const api = new ChildApi(wanted, gateway, bench);
    await api.#untilOnline(own);
    api.#stored = new StoredSince(api.#database);
    api.#makeKey();
    return api;
  }

  /** Asks with a key of its own, without a limit, so that waiting counts as nobody's requests. */
  async #untilOnline(own: string): Promise<void> {
    const wanted = { name: 'start', scopes: ['sms:read' as const], requests_per_minute: 1_000_000 };
    const { id, key } = this.#keys.create(wanted);
    const headers = { authorization: `Bearer ${key}` };
    await this.#gateway.until('the number to be online', async () => {
      const { json } = await this.ask('/v1/numbers', { headers });
      return json.data.some(
        ({ number, online }: { number: string; online: boolean }) => number === own && online,
      );
    });
    this.#database.prepare('DELETE FROM keys WHERE key_id = ?').run(id);
  }

  override async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const answer = await super.ask(path, asked);
    const method = asked.method ?? 'GET';
    if (changing.test(method)) this.#onChange(path, answer.status);
    return answer;
  }

  #onChange(path: string, status: number): void {
    const isRefused = status >= 400 && !path.startsWith('/v1/session'); // wrong passwords are counted
    if (!isRefused) this.#touch(onlyWrites.test(path) ? 'rows' : 'program');
  }

  #touch(what: 'rows' | 'program'): void {
    if (this.#touched !== 'program') this.#touched = what;
  }

  override async raw(...parts: readonly (string | Buffer)[]): Promise<string> {
    const answer = await super.raw(...parts);
    const changes = parts.some((part) => changingAnywhere.test(String(part)));
    if (changes && /HTTP\/1\.1 2/.test(answer)) this.#touch('program');
    return answer;
  }

  newKey(scopes: Scope[]): string {
    return this.keys.create({ name: 'test', scopes }).key;
  }

  async signInPath(): Promise<string> {
    const headers = { authorization: `Bearer ${this.newKey(['admin'])}` };
    const answer = await this.ask('/v1/session/links', { method: 'POST', body: {}, headers });
    return answer.json.data.path;
  }

  /** What it wrote to its log. */
  get log(): string {
    return this.#gateway.log;
  }

  get pid(): number {
    return this.#gateway.process.pid ?? 0;
  }

  // What lies in the data directory -------------------------------------------------------------------------------

  get database(): Database {
    this.#touch('rows');
    return this.#database;
  }

  get keys(): KeyStore {
    this.#touch('rows');
    return this.#keys;
  }

  /** All but its links, which the program keeps in memory: see `signInPath`. */
  get sessions(): SessionStore {
    return new SessionStore(this.database, systemClock);
  }

  get audit(): AuditLog {
    return new AuditLog(this.database, systemClock);
  }

  get passwords(): PasswordStore {
    return new PasswordStore(this.database, systemClock);
  }

  // What is only within its process -------------------------------------------------------------------------------

  get clock(): never {
    return leaveOut('a clock that is turned by hand');
  }

  get server(): never {
    return leaveOut('the server itself');
  }

  get dependencies(): never {
    return leaveOut('what the server is made of');
  }

  get events(): never {
    return leaveOut('to record events by itself');
  }

  get hooks(): never {
    return leaveOut('to serve webhooks by itself');
  }

  get logLines(): never {
    return leaveOut('a log of its own');
  }

  get sims(): never {
    return leaveOut('SIMs of its own');
  }

  start(): Promise<this> {
    return Promise.resolve(this);
  }

  async #end(): Promise<void> {
    if (shared === this) shared = undefined;
    await this.#gateway.kill();
    this.kill();
    await this.#bench.clear();
  }

  /** At once, with what it kept. */
  kill(): void {
    this.#gateway.process.kill('SIGKILL');
    if (!this.#closed) {
      this.#keys.stop();
      this.#database.close();
    }
    this.#closed = true;
    rmSync(this.#gateway.dataDir, { recursive: true, force: true });
  }
}

/** The flags that change the built program as a test changes what its server is made of. */
function flagsFor({
  allowsGetSend,
  allowedHosts = [],
  host,
  requestsPerMinute,
  limits,
  ...others
}: Partial<ApiDependencies>): string[] {
  const [other] = Object.keys(others);
  if (other !== undefined) leaveOut(`${other} of its own`);
  if (host === '::1' || host === 'localhost') leaveOut('an address beside 127.0.0.1');
  const { headersMs = 10_000, requestMs = 30_000, connections = 1_000 } = limits ?? {};
  return [
    ...(allowsGetSend ? ['--allow-get-send'] : []),
    ...allowedHosts.flatMap((name) => ['--allow-host', name]),
    '--host',
    host ?? '127.0.0.1',
    ...(requestsPerMinute === undefined ? [] : ['--requests-per-minute', String(requestsPerMinute)]),
    ...(limits
      ? [
          '--headers-seconds',
          String(headersMs / 1_000),
          '--request-seconds',
          String(requestMs / 1_000),
          '--connections',
          String(connections),
        ]
      : []),
  ];
}
