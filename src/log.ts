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
export function createLog(options: { level: string }): Logger {
  const settings = { level: options.level, redact: { paths: secretPaths, censor: '[secret]' } };
  if (!process.stderr.isTTY) return pino(settings, pino.destination({ fd: 2, sync: true }));
  return pino(
    settings,
    pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  );
}

/** A log that keeps quiet. */
export const silentLog: Logger = pino({ level: 'silent' });
