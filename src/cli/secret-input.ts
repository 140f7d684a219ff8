import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** Asks for secrets, one after another. Process arguments are no place for them: every user can read those. */
export interface SecretInput {
  ask(question: string): Promise<string>;
}

/** From the terminal, where it is not shown, or else a line of standard input for each. */
export function secretInput(): SecretInput {
  return process.stdin.isTTY ? { ask: askTerminal } : new PipedSecrets();
}

class PipedSecrets implements SecretInput {
  #lines: string[] | undefined;

  async ask(question: string): Promise<string> {
    this.#lines ??= (await text(process.stdin)).split(/\r?\n/);
    const line = this.#lines.shift()?.trim();
    if (line) return line;
    throw new Error(`${question}: nothing more came from standard input. Give one line for each.`);
  }
}

const interrupt = '\x03';
const endOfInput = '\x04';
const backspaces = new Set(['\x7f', '\b']);
const lineEnds = new Set(['\r', '\n']);

/** Reads a line from the terminal key by key, with echo off. */
function askTerminal(question: string): Promise<string> {
  const { stdin, stderr } = process;
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (settle: () => void) => {
      stdin.off('data', onKeys);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      settle();
    };
    const onKeys = (keys: string) => {
      for (const key of keys) {
        if (key === interrupt || key === endOfInput) return end(() => reject(new Error('Given up.')));
        if (lineEnds.has(key)) return end(() => resolve(typed));
        typed = backspaces.has(key) ? typed.slice(0, -1) : typed + key;
      }
    };
    stdin.setEncoding('utf8').setRawMode(true); // before the question: who answers at once is not shown either
    stderr.write(`${question}: `);
    stdin.on('data', onKeys).resume();
  });
}

/** Asks a plain question on the terminal; undefined where there is none, or the input ends. */
export async function askPlainly(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(undefined));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
