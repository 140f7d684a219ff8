import { rmSync } from 'node:fs';
import { onTestFinished, TestRunner } from 'vitest';
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
import { RunningGateway } from '../whole/running-gateway.ts';
import { type Answer, ApiClient, type Asked } from './api-client.ts';

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

/** Starts that are under way or done, so that tests which change nothing share one. */
let shared: ChildApi | undefined;
if (builtProgramIsAsked) process.once('exit', () => shared?.kill());

/**
 * The built program as a child process with a data directory of its own, which a second connection to its database sees
 * as well, as that of the command line does. Asking it, and what is kept on disk, is as with a server in this process;
 * a test that needs more is left out.
 */
export class ChildApi extends ApiClient {
  readonly key: string;
  readonly #flags: string;
  readonly #gateway: RunningGateway;
  readonly #bench: ModemBench;
  readonly #database: Database;
  readonly #keys: KeyStore;
  #touched = false;
  #closed = false;

  private constructor(flags: string, gateway: RunningGateway, bench: ModemBench) {
    super();
    this.#flags = flags;
    this.#gateway = gateway;
    this.#bench = bench;
    this.#database = Database.open(databaseFile(gateway.dataDir));
    this.#keys = new KeyStore(this.#database, systemClock, silentLog);
    this.key = this.#keys.create({ name: 'test', scopes: ['sms:send', 'sms:read'] }).key;
    this.url = gateway.url;
    this.port = Number(new URL(gateway.url).port);
  }

  /** One with these changes, in which no test has changed anything yet. */
  static async untouched(changes: Partial<ApiDependencies>, own: string, away: string): Promise<ChildApi> {
    const test = TestRunner.getCurrentTest();
    const flags = flagsFor(changes);
    if (test) test.meta.askedBuiltProgram = true;
    const wanted = JSON.stringify(flags);
    if (shared && (shared.#touched || shared.#flags !== wanted)) await shared.#end();
    shared ??= await ChildApi.#start(flags, wanted, own, away);
    const api = shared;
    onTestFinished(() => (api.#touched && shared === api ? api.#end() : undefined));
    return api;
  }

  static async #start(flags: readonly string[], wanted: string, own: string, away: string) {
    const bench = await ModemBench.open({ latencyMs: textTakesMs });
    const modem = bench.add(own);
    await modem.plugIn('ttyUSB0');
    const modems = [
      `path=${modem.path('ttyUSB0')},number=${own}`,
      `path=${modem.path('away')},number=${away}`,
    ];
    const gateway = await RunningGateway.start([...modems.flatMap((spec) => ['--modem', spec]), ...flags], {
      key: 'none',
      env: { POSTERN_LOG_LEVEL: 'warn' },
    });
    const api = new ChildApi(wanted, gateway, bench);
    await gateway.until('the number to be online', async () => {
      const { json } = await api.ask('/v1/numbers');
      return json.data.some(
        ({ number, online }: { number: string; online: boolean }) => number === own && online,
      );
    });
    return api;
  }

  override async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const answer = await super.ask(path, asked);
    this.#touched ||= changing.test(asked.method ?? 'GET') && answer.status < 400;
    return answer;
  }

  override async raw(...parts: readonly (string | Buffer)[]): Promise<string> {
    const answer = await super.raw(...parts);
    this.#touched ||=
      parts.some((part) => changingAnywhere.test(String(part))) && /HTTP\/1\.1 2/.test(answer);
    return answer;
  }

  newKey(scopes: Scope[]): string {
    return this.keys.create({ name: 'test', scopes }).key;
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
    this.#touched = true;
    return this.#database;
  }

  get keys(): KeyStore {
    this.#touched = true;
    return this.#keys;
  }

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
    ...(host === undefined ? [] : ['--host', host]),
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
