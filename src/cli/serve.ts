import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Config, databaseFile, readConfig } from '../config.ts';
import type { Gateway, GatewayAddress, GatewaySurroundings } from '../gateway.ts';
import { inWords } from '../store/database.ts';
import type { TlsIdentity } from '../tls/tls-identity.ts';
import { rendererDir, version } from './version.ts';

/** The file in the data directory that tells other commands where its gateway listens. */
export const addressFile = 'gateway.json';

/** `postern serve`: the gateway, until it is told to stop. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the gateway')
    .option('--data-dir <dir>', 'where everything is kept (POSTERN_DATA_DIR)')
    .option('--host <host>', 'the address to listen on, 127.0.0.1 unless said otherwise (POSTERN_HOST)')
    .option(
      '--port <port>',
      'the port to listen on, 8026 unless said otherwise; 0 takes a free one (POSTERN_PORT)',
    )
    .option(
      '--modem <spec>',
      'a modem: path=/dev/ttyUSB2[,number=+15550001111][,pin=1234][,baud=115200]; may be repeated (POSTERN_MODEMS)',
      (spec: string, specs: string[] = []) => [...specs, spec],
    )
    .option(
      '--never-touch <port>',
      'a port that is left alone whatever else is set, by its path or the ids of its device (12d1:1506); may be repeated (POSTERN_NEVER_TOUCH)',
      collect,
    )
    .option('--no-discovery', 'use only the modems that are named (POSTERN_DISCOVERY=0)')
    .option('--emulate <n>', 'add emulated modems to try things out (POSTERN_EMULATE)')
    .option(
      '--allow-host <name>',
      'a further name in the Host header; may be repeated (POSTERN_ALLOW_HOSTS)',
      collect,
    )
    .option('--config <file>', 'a JSON file with settings by the same names (POSTERN_CONFIG)')
    .option(
      '--evidence-seconds <n>',
      'how long to wait for proof of a text that may have been sent, 60 unless said otherwise (POSTERN_EVIDENCE_SECONDS)',
    )
    .option(
      '--offline-grace-seconds <n>',
      'how long a modem must be away before "modem.offline" is told, 10 unless said otherwise (POSTERN_OFFLINE_GRACE_SECONDS)',
    )
    .option(
      '--attention-every-minutes <n>',
      'the same trouble of a modem is told at most once in this time, 60 unless said otherwise (POSTERN_ATTENTION_EVERY_MINUTES)',
    )
    .option(
      '--offline-minutes <n>',
      'tell of a modem that is away for longer, 15 unless said otherwise, 0 never (POSTERN_OFFLINE_MINUTES)',
    )
    .option(
      '--reports-within-hours <n>',
      'tell of a SIM that gets no delivery report for so long, 24 unless said otherwise, 0 never (POSTERN_REPORTS_WITHIN_HOURS)',
    )
    .option(
      '--inbound-within-hours <n>',
      'tell of a SIM that gets no text for so long, 0 (never) unless said otherwise (POSTERN_INBOUND_WITHIN_HOURS)',
    )
    .option('--https', 'serve HTTPS, with a certificate made for it in the data directory (POSTERN_HTTPS=1)')
    .option('--https-cert <file>', 'serve HTTPS with this certificate, in PEM (POSTERN_HTTPS_CERT)')
    .option('--https-key <file>', 'the private key of that certificate (POSTERN_HTTPS_KEY)')
    .option(
      '--headers-seconds <n>',
      'in this time the headers of a request must have come, 10 unless said otherwise (POSTERN_HEADERS_SECONDS)',
    )
    .option(
      '--request-seconds <n>',
      'in this time the whole of a request must have come, 30 unless said otherwise (POSTERN_REQUEST_SECONDS)',
    )
    .option(
      '--connections <n>',
      'HTTP connections at once, 1000 unless said otherwise; further ones take the place of the quietest (POSTERN_CONNECTIONS)',
    )
    .option(
      '--requests-per-minute <n>',
      'how many requests a key may make in a minute that has no limit of its own; as many as it likes unless said (POSTERN_REQUESTS_PER_MINUTE)',
    )
    .option(
      '--allow-get-send',
      'let "GET /send?to&text&from&key" send texts, for devices that can only fetch an address; the key then stands in the address (POSTERN_ALLOW_GET_SEND)',
    )
    .option(
      '--smpp-port <port>',
      'let SMPP 3.4 clients connect to this port, usually 2775; 0 takes a free one (POSTERN_SMPP_PORT)',
    )
    .option(
      '--smpp-host <host>',
      'the address for SMPP clients, 127.0.0.1 unless said otherwise (POSTERN_SMPP_HOST)',
    )
    .option(
      '--smpp-tls',
      'let SMPP clients connect over TLS only, with the certificate of --https-cert or the one made for --https (POSTERN_SMPP_TLS)',
    )
    .option(
      '--smpp-any-sender',
      "let a sender that is none of this gateway's numbers stand for any of them (POSTERN_SMPP_ANY_SENDER)",
    )
    .option(
      '--mail-port <port>',
      'take mail to numbers as texts on this port, for example 2525; 0 takes a free one (POSTERN_MAIL_PORT)',
    )
    .option(
      '--mail-host <host>',
      'the address for mail, 127.0.0.1 unless said otherwise; elsewhere senders need an API key (POSTERN_MAIL_HOST)',
    )
    .option(
      '--mail-domain <domain>',
      'what stands after the number in an address, sms.local unless said otherwise (POSTERN_MAIL_DOMAIN)',
    )
    .option('--log-level <level>', 'silent, error, warn, info, debug or trace (POSTERN_LOG_LEVEL)')
    .action(async (options: ServeOptions) => {
      const config = readConfig(asSettings(options), process.env, options.config);
      warnOfPins(options);
      warnOfGetSend(config);
      await serve(config);
    });
}

/** What commander makes of the flags; those that are settings by the same name are passed on as they are. */
interface ServeOptions {
  readonly modem?: string[];
  readonly discovery: boolean;
  readonly allowHost?: string[];
  readonly config?: string;
  readonly [setting: string]: unknown;
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

/** A switch that was not given must not beat a variable: commander makes `--no-discovery` true by default. */
function asSettings({
  modem,
  discovery,
  allowHost,
  config: _,
  ...same
}: ServeOptions): Record<string, unknown> {
  return { ...same, modems: modem, discovery: discovery ? undefined : false, allowHosts: allowHost };
}

function warnOfPins({ modem }: ServeOptions): void {
  if (!modem?.some((spec) => /(?:^|,)\s*pin=/.test(spec))) return;
  process.stderr.write(
    'A PIN on the command line can be seen by every user of this machine. Set POSTERN_PIN or use the file of --config instead.\n',
  );
}

function warnOfGetSend({ allowGetSend }: Config): void {
  if (!allowGetSend) return;
  process.stderr.write(
    'GET /send is on: whoever uses it writes an API key into an address, where logs, histories and proxies keep it. Make a key for it alone: "postern keys create --scope sms:send --allow-from ADDRESS".\n',
  );
}

/** What is left of a gateway that was stopped may take so long to end by itself. Milliseconds. */
const leftoversMs = 400;

/**
 * Starts a gateway, says where it is, and ends the process in order when it is told to. When a person asks for a restart
 * the gateway is stopped in order and another one started in this same process.
 *
 * @param started called after each start
 */
export async function serve(
  config: Config,
  started?: (gateway: Gateway, address: GatewayAddress) => void,
  surroundings: Partial<GatewaySurroundings> = {},
): Promise<void> {
  let isStopped = false;
  const stopAsked = onStopSignal().then(() => {
    isStopped = true;
  });
  let wanted = config;
  while (!isStopped) {
    const restart = Promise.withResolvers<void>();
    const begun = await begin(wanted, { ...surroundings, restart: restart.resolve });
    const { gateway, address } = begun;
    // open pages find it again
    if (wanted.port === 0) wanted = { ...wanted, port: Number(new URL(address.url).port) };
    started?.(gateway, address);
    await Promise.race([stopAsked, restart.promise]);
    await gateway.stop();
  }
  // All is written and closed; a driver that does not let go of its port would keep this process.
  setTimeout(() => process.exit(), leftoversMs).unref();
}

async function begin(
  wanted: Config,
  surroundings: Partial<GatewaySurroundings>,
): Promise<{ readonly gateway: Gateway; readonly address: GatewayAddress }> {
  // Loaded only here: every other command starts in half the time without it.
  const { Gateway, withStoredNetwork } = await import('../gateway.ts');
  const config = withStoredNetwork(wanted);
  const https = config.https || config.smppTls ? await import('./serve-tls.ts') : undefined;
  const tls = await https?.tlsIdentityOf(config);
  const gateway = new Gateway(config, { version, rendererDir, tls, ...surroundings });
  try {
    const address = await gateway.start();
    tell(config, address, tls, tls && https?.certificateLines(tls));
    return { gateway, address };
  } catch (error) {
    await gateway.stop();
    throw inWords(error, databaseFile(config.dataDir));
  }
}

function tell(
  { dataDir }: Config,
  { url, signInUrl, gates }: GatewayAddress,
  tls: TlsIdentity | undefined,
  certificate = '',
): void {
  const left = { url, pid: process.pid, certFile: tls?.certFile, gates };
  writeFileSync(join(dataDir, addressFile), JSON.stringify(left), { mode: 0o600 });
  process.stdout.write(`Postern ready: ${url}\n`);
  process.stderr.write(certificate);
  process.stderr.write(`Sign in: ${signInUrl}\n`);
}

/** A second signal changes nothing: an ordered stop that is cut short could leave a text's fate unknown. */
function onStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}
