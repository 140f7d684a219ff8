import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/gateway/cli.js');
/** When to give up; a busy machine may take long. */
const startDeadlineMs = 60_000;
const stopDeadlineMs = 60_000;

/** A gateway as people run it: the built program in a process of its own. */
export interface RunningGateway {
  readonly address: string;
  /** Signs one browser in. */
  readonly link: string;
  /** In order, as SIGTERM asks for it. */
  stop(): Promise<void>;
  /** As a power cut ends it. */
  kill(): Promise<void>;
}

/** Runs `postern serve` with `flags`; resolves when it has said that it is ready. */
export function startGateway(dataDir: string, flags: readonly string[]): Promise<RunningGateway> {
  return startProgram(['serve', '--data-dir', dataDir, ...flags]);
}

/** Runs `postern demo`, which keeps nothing; resolves when it has said that it is ready. */
export function startDemo(): Promise<RunningGateway> {
  return startProgram(['demo', '--port', '0']);
}

async function startProgram(command: readonly string[]): Promise<RunningGateway> {
  if (!existsSync(cli)) throw new Error('There is no dist/gateway/cli.js: "npm run build" makes it.');
  const environment = { ...process.env, POSTERN_LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [cli, ...command], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals) => {
    const overdue = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
    child.kill(signal);
    await ended;
    clearTimeout(overdue);
  };
  try {
    const { address, link } = await readyLines(child);
    return { address, link, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

function readyLines(child: ChildProcess): Promise<{ address: string; link: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    const give = (explanation: string) => reject(new Error(`${explanation} It said:\n${said.slice(-4_000)}`));
    const overdue = setTimeout(() => give('The gateway was not ready in time.'), startDeadlineMs);
    child.once('exit', (code) => give(`The gateway ended with ${code}.`));
    const listen = (piece: Buffer) => {
      said = (said + piece).slice(-64_000);
      const address = /^Postern ready: (\S+)$/m.exec(said)?.[1];
      const link = /Sign in: (\S+)\s/.exec(said)?.[1];
      if (!address || !link) return;
      clearTimeout(overdue);
      resolve({ address, link });
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
  });
}
