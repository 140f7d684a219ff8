import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/** What must never be written anywhere: keys, PINs, whatever is sent in an Authorization or Cookie header. */
const secretPaths = [
  'pin',
  '*.pin',
  'key',
  '*.key',
  'authorization',
  '*.authorization',
  'cookie',
  '*.cookie',
];

/**
 * The gateway's log on standard error: for people on a terminal, one JSON object a line elsewhere. Standard
 * output belongs to what a command was asked for.
 */
export function createLog(options: { level: string; tail?: NodeJS.WritableStream }): Logger {
  const settings = { level: options.level, redact: { paths: secretPaths, censor: '[secret]' } };
  const shown = process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
    : pino.destination({ fd: 2, sync: true });
  if (!options.tail) return pino(settings, shown);
  const streams = [shown, options.tail].map((stream) => ({ level: 'trace' as const, stream }));
  return pino(settings, pino.multistream(streams));
}

/** A log that keeps quiet. */
export const silentLog: Logger = pino({ level: 'silent' });
