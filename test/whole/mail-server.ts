import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOf } from '../foreign-programs.ts';

/** Where a mail server hands its mail on. */
export interface MailRoutes {
  /** The port for mail to numbers, and the port for mail to people. */
  readonly texts: number;
  readonly people: number;
}

/**
 * A real mail server (Exim), between Postern and people: it takes mail of `boss@example.com`, and of those who sign in as
 * `postern` with `open sesame`.
 */
export class MailServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'postern-mail-'));
  readonly #port: number;
  #process: ChildProcess | undefined;

  constructor(port: number, routes: MailRoutes) {
    this.#port = port;
    chmodSync(this.#folder, 0o755);
    for (const name of ['spool', 'log']) {
      mkdirSync(join(this.#folder, name));
      chmodSync(join(this.#folder, name), 0o777); // it takes on a user of its own
    }
    writeFileSync(join(this.#folder, 'exim.conf'), configuration(this.#folder, port, routes));
  }

  start(): void {
    const config = ['-C', join(this.#folder, 'exim.conf')];
    const child = spawn(pathOf('exim') ?? '', [...config, '-bdf', '-q1s', '-oX', String(this.#port)], {
      stdio: 'ignore',
    });
    this.#process = child;
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill();
    await once(child, 'exit');
  }

  async clear(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function configuration(folder: string, port: number, { texts, people }: MailRoutes): string {
  return `
exim_path = ${pathOf('exim')}
primary_hostname = mail.example.com
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%s.log
pid_file_path = ${folder}/spool/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_advertise_hosts =
acl_smtp_rcpt = recipients

begin acl
recipients:
  accept authenticated = *
  accept senders = boss@example.com
  deny

begin routers
texts:
  driver = manualroute
  domains = sms.local
  transport = to_texts
  route_list = * 127.0.0.1
  self = send
people:
  driver = manualroute
  domains = example.com
  transport = to_people
  route_list = * 127.0.0.1
  self = send

begin transports
to_texts:
  driver = smtp
  port = ${texts}
  allow_localhost
to_people:
  driver = smtp
  port = ${people}
  allow_localhost

begin retry
* * F,1h,1s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{postern}}{eq{$auth3}{open sesame}}}}
  server_set_id = $auth2
  server_advertise_condition = true
`;
}
