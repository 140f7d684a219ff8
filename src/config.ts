import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { type ModemSpec, modemSpec } from './modem-spec.ts';

export const defaultHost = '127.0.0.1';
export const defaultPort = 8026;
export const defaultEvidenceSeconds = 60;

/** Who said a setting; `stored`: an administrator, where nobody did at the start. */
export type ConfigSource = 'flag' | 'variable' | 'file' | 'stored';

/** How `postern serve` runs: what a flag, a `POSTERN_*` variable or the JSON file of `--config` can set. */
export interface Config {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly modems: readonly ModemSpec[];
  readonly discovery: boolean;
  /** Paths of ports, and ids of USB devices, that are left alone whatever else is set. */
  readonly neverTouch: readonly string[];
  readonly emulate: number;
  readonly allowHosts: readonly string[];
  readonly pin: string | undefined;
  /** How long evidence is awaited for a text that may have been sent, before it is `ambiguous_submit`. */
  readonly evidenceSeconds: number;
  /** How long a modem must be away before that is told. */
  readonly offlineGraceSeconds: number;
  /** The same trouble of the same modem is told at most once in this time. */
  readonly attentionEveryMinutes: number;
  /** A modem that is away for longer than this is told of; 0: never. */
  readonly offlineMinutes: number;
  /** So long without a delivery report, though texts went out that asked for one, is told of; 0: never. */
  readonly reportsWithinHours: number;
  /** So long without a text coming in is told of; 0: never. */
  readonly inboundWithinHours: number;
  /** Serve HTTPS, with a certificate that the gateway makes for itself where none is given. */
  readonly https: boolean;
  /** PEM files of a certificate and its key. */
  readonly httpsCert: string | undefined;
  readonly httpsKey: string | undefined;
  /** What HTTP clients may take of the server. */
  readonly httpLimits: {
    /** In this time the headers of a request must have come, in that the whole of it. */
    readonly headersMs: number;
    readonly requestMs: number;
    /** At once. */
    readonly connections: number;
  };
  /** How many requests a minute a key may make that has no limit of its own; undefined: as many as it likes. */
  readonly requestsPerMinute: number | undefined;
  /** Whether `GET /send` sends texts, with the key in the address. */
  readonly allowGetSend: boolean;
  /** Where SMPP clients connect; undefined: they cannot. */
  readonly smppPort: number | undefined;
  readonly smppHost: string;
  /** Whether SMPP clients connect over TLS, with the certificate of HTTPS. */
  readonly smppTls: boolean;
  /** Whether a sender that is none of the gateway's numbers stands for any of them. */
  readonly smppAnySender: boolean;
  /** Where mail to numbers is taken; undefined: nowhere. */
  readonly mailPort: number | undefined;
  readonly mailHost: string;
  /** What stands after the number in an address. */
  readonly mailDomain: string;
  readonly logLevel: string;
  /** Who said what; by default where a setting is not in it. */
  readonly sources: Readonly<Partial<Record<string, ConfigSource>>>;
}

/** A setting is wrong; `message` names it and says what it should be. */
export class ConfigError extends Error {
  readonly code = 'config_error';

  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** The platform's own place for a program's data, for example `~/.local/share/postern`. */
export function defaultDataDir(): string {
  return envPaths('postern', { suffix: '' }).data;
}

/** The SQLite file in a data directory. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'postern.db');
}

const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z
      .int(`must be a whole number from ${least} to ${most}`)
      .min(least, `must be at least ${least}`)
      .max(most, `must be at most ${most}`),
  );

const truth = z.preprocess((value) => {
  if (value === '1' || value === 'true') return true;
  if (value === '0' || value === 'false' || value === '') return false;
  return value;
}, z.boolean());

const listOf = (separator: string) => (value: unknown) =>
  typeof value === 'string'
    ? value
        .split(separator)
        .map((item) => item.trim())
        .filter(Boolean)
    : value;

/** A path, or the ids of a USB device as `lsusb` shows them, `*` standing for every product. */
const leftAlone = z
  .string()
  .regex(
    /^(?:\/|(?:\\\\\.\\)?com\d+$|[0-9a-f]{4}:(?:[0-9a-f]{4}|\*)$)/i,
    'must be a path such as /dev/ttyUSB0, or the ids of a device such as 12d1:1506 or 12d1:*',
  );

const settings = z.strictObject({
  dataDir: z.string().min(1).optional(),
  host: z.string().min(1).optional(),
  port: wholeNumber(0, 65_535).optional(),
  modems: z.preprocess(listOf(';'), z.array(modemSpec)).optional(),
  discovery: truth.optional(),
  neverTouch: z.preprocess(listOf(','), z.array(leftAlone)).optional(),
  emulate: wholeNumber(0, 64).optional(),
  allowHosts: z.preprocess(listOf(','), z.array(z.string().min(1))).optional(),
  pin: z
    .string()
    .regex(/^\d{4,8}$/, 'must be 4 to 8 digits')
    .optional(),
  evidenceSeconds: wholeNumber(1, 3_600).optional(),
  offlineGraceSeconds: wholeNumber(0, 3_600).optional(),
  attentionEveryMinutes: wholeNumber(1, 10_080).optional(),
  offlineMinutes: wholeNumber(0, 10_080).optional(),
  reportsWithinHours: wholeNumber(0, 8_760).optional(),
  inboundWithinHours: wholeNumber(0, 8_760).optional(),
  https: truth.optional(),
  httpsCert: z.string().min(1).optional(),
  httpsKey: z.string().min(1).optional(),
  headersSeconds: wholeNumber(1, 600).optional(),
  requestSeconds: wholeNumber(1, 3_600).optional(),
  connections: wholeNumber(10, 100_000).optional(),
  requestsPerMinute: wholeNumber(1, 1_000_000).optional(),
  allowGetSend: truth.optional(),
  smppPort: wholeNumber(0, 65_535).optional(),
  smppHost: z.string().min(1).optional(),
  smppTls: truth.optional(),
  smppAnySender: truth.optional(),
  mailPort: wholeNumber(0, 65_535).optional(),
  mailHost: z.string().min(1).optional(),
  mailDomain: z
    .string()
    .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i, 'must be a domain such as sms.local')
    .optional(),
  logLevel: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).optional(),
});
type Settings = z.infer<typeof settings>;

/** Each variable beside the setting it stands for. */
const variables: Readonly<Record<string, keyof Settings>> = {
  POSTERN_DATA_DIR: 'dataDir',
  POSTERN_HOST: 'host',
  POSTERN_PORT: 'port',
  POSTERN_MODEMS: 'modems',
  POSTERN_DISCOVERY: 'discovery',
  POSTERN_NEVER_TOUCH: 'neverTouch',
  POSTERN_EMULATE: 'emulate',
  POSTERN_ALLOW_HOSTS: 'allowHosts',
  POSTERN_PIN: 'pin',
  POSTERN_EVIDENCE_SECONDS: 'evidenceSeconds',
  POSTERN_OFFLINE_GRACE_SECONDS: 'offlineGraceSeconds',
  POSTERN_ATTENTION_EVERY_MINUTES: 'attentionEveryMinutes',
  POSTERN_OFFLINE_MINUTES: 'offlineMinutes',
  POSTERN_REPORTS_WITHIN_HOURS: 'reportsWithinHours',
  POSTERN_INBOUND_WITHIN_HOURS: 'inboundWithinHours',
  POSTERN_HTTPS: 'https',
  POSTERN_HTTPS_CERT: 'httpsCert',
  POSTERN_HTTPS_KEY: 'httpsKey',
  POSTERN_HEADERS_SECONDS: 'headersSeconds',
  POSTERN_REQUEST_SECONDS: 'requestSeconds',
  POSTERN_CONNECTIONS: 'connections',
  POSTERN_REQUESTS_PER_MINUTE: 'requestsPerMinute',
  POSTERN_ALLOW_GET_SEND: 'allowGetSend',
  POSTERN_SMPP_PORT: 'smppPort',
  POSTERN_SMPP_HOST: 'smppHost',
  POSTERN_SMPP_TLS: 'smppTls',
  POSTERN_SMPP_ANY_SENDER: 'smppAnySender',
  POSTERN_MAIL_PORT: 'mailPort',
  POSTERN_MAIL_HOST: 'mailHost',
  POSTERN_MAIL_DOMAIN: 'mailDomain',
  POSTERN_LOG_LEVEL: 'logLevel',
};

/**
 * Joins what was said where: a flag beats a variable, a variable beats the file.
 *
 * @param flags settings by their names in `Config`; undefined where the flag was not given
 * @param environment usually `process.env`
 * @param file path of a JSON file with settings by the same names; also `POSTERN_CONFIG`
 * @throws ConfigError naming the source and the setting
 */
export function readConfig(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  file: string | undefined = environment.POSTERN_CONFIG,
): Config {
  const [ofFile, ofVariables, ofFlags] = [
    file ? parse(readJson(file), file) : {},
    parse(fromEnvironment(environment), 'environment'),
    parse(withoutUndefined(flags), 'flags'),
  ];
  const joined: Settings = { ...ofFile, ...ofVariables, ...ofFlags };
  refuseContradiction(joined);
  return {
    dataDir: joined.dataDir ?? defaultDataDir(),
    host: joined.host ?? defaultHost,
    port: joined.port ?? defaultPort,
    modems: joined.modems ?? [],
    discovery: joined.discovery ?? true,
    neverTouch: joined.neverTouch ?? [],
    emulate: joined.emulate ?? 0,
    allowHosts: joined.allowHosts ?? [],
    pin: joined.pin,
    evidenceSeconds: joined.evidenceSeconds ?? defaultEvidenceSeconds,
    offlineGraceSeconds: joined.offlineGraceSeconds ?? 10,
    attentionEveryMinutes: joined.attentionEveryMinutes ?? 60,
    offlineMinutes: joined.offlineMinutes ?? 15,
    reportsWithinHours: joined.reportsWithinHours ?? 24,
    inboundWithinHours: joined.inboundWithinHours ?? 0,
    https: joined.https ?? joined.httpsCert !== undefined,
    httpsCert: joined.httpsCert,
    httpsKey: joined.httpsKey,
    httpLimits: {
      headersMs: (joined.headersSeconds ?? 10) * 1_000,
      requestMs: (joined.requestSeconds ?? 30) * 1_000,
      connections: joined.connections ?? 1_000,
    },
    requestsPerMinute: joined.requestsPerMinute,
    allowGetSend: joined.allowGetSend ?? false,
    smppPort: joined.smppPort,
    smppHost: joined.smppHost ?? defaultHost,
    smppTls: joined.smppTls ?? false,
    smppAnySender: joined.smppAnySender ?? false,
    mailPort: joined.mailPort,
    mailHost: joined.mailHost ?? defaultHost,
    mailDomain: joined.mailDomain ?? 'sms.local',
    logLevel: joined.logLevel ?? 'info',
    sources: { ...said(ofFile, 'file'), ...said(ofVariables, 'variable'), ...said(ofFlags, 'flag') },
  };
}

/** A certificate that is given says that HTTPS is served with it. */
function said(settings: Settings, source: ConfigSource): Record<string, ConfigSource> {
  const names = [...Object.keys(settings), ...(settings.httpsCert === undefined ? [] : ['https'])];
  return Object.fromEntries(names.map((name) => [name, source]));
}

/** What is to be served and never touched cannot be both. */
function refuseContradiction({ modems = [], neverTouch = [], httpsCert, httpsKey }: Settings): void {
  if ((httpsCert === undefined) !== (httpsKey === undefined))
    throw new ConfigError(
      'A certificate needs its key and a key its certificate: give --https-cert and --https-key.',
    );
  const both = modems.find(({ path }) => neverTouch.includes(path));
  if (both)
    throw new ConfigError(
      `${both.path} is named as a modem and as never touched. Take it out of one of the two.`,
    );
}

function parse(values: unknown, source: string): Settings {
  const result = settings.safeParse(values);
  if (result.success) return withoutUndefined(result.data);
  throw new ConfigError(result.error.issues.map((issue) => describe(issue, source)).join('\n'));
}

function describe(issue: z.core.$ZodIssue, source: string): string {
  const setting = String(issue.path[0] ?? '');
  if (issue.code === 'unrecognized_keys' && setting === '')
    return `${source}: ${issue.keys.join(', ')} is no setting of Postern.`;
  if (source === 'flags')
    return `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^modems$/, 'modem')}: ${issue.message}`;
  if (source === 'environment') {
    return `${Object.entries(variables).find(([, name]) => name === setting)?.[0]}: ${issue.message}`;
  }
  return `${source}, ${setting}: ${issue.message}`;
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const found = Object.entries(variables).map(
    ([variable, setting]) => [setting, environment[variable]] as const,
  );
  return withoutUndefined(
    Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== '')),
  );
}

function readJson(file: string): unknown {
  if (!existsSync(file)) throw new ConfigError(`${file}: there is no such file.`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`);
  }
}

function withoutUndefined<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}
