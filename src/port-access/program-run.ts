import { spawn } from 'node:child_process';

/** How a program ended; `complaint` is the last line that it wrote to its standard error. */
export interface ProgramEnd {
  readonly status: number;
  readonly complaint: string;
}

const mostComplaint = 2_000;
const couldNotRun = 127;

/** Runs a program without a shell, gives it `input`, and waits for its end however long a person takes to answer. */
export function runProgram(file: string, args: readonly string[], input = ''): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-mostComplaint);
    });
    child.on('error', ({ message }) => resolve({ status: couldNotRun, complaint: message }));
    child.on('close', (status) =>
      resolve({ status: status ?? couldNotRun, complaint: complaints.trim().split('\n').at(-1) ?? '' }),
    );
    // one that ends before it has read says why by its status
    child.stdin.on('error', () => undefined).end(input);
  });
}
