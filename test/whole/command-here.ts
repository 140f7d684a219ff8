import { vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

/** How a command ended, and what it said. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command in this process, for what it does and says: a process of its own takes half a second to start, and
 * one of each command is enough to prove that it does. It is not for what reads standard input.
 */
export async function tryCommandHere(args: readonly string[]): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const statusBefore = process.exitCode;
  let ended: number | undefined;
  const into = (said: string[]) => (text: string | Uint8Array) => {
    if (ended === undefined) said.push(String(text));
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into(out)),
    vi.spyOn(process.stderr, 'write').mockImplementation(into(err)),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      ended ??= Number(code ?? 0);
      throw new Error(`ended with ${ended}`);
    }),
  ];
  process.exitCode = 0;
  try {
    await main(['node', 'postern', ...args]);
    return { status: ended ?? Number(process.exitCode ?? 0), stdout: out.join(''), stderr: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = statusBefore;
  }
}

/** Runs a command in this process that must not fail; what it printed. */
export async function commandHere(args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await tryCommandHere(args);
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}
