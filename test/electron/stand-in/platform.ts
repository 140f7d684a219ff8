import { readFileSync } from 'node:fs';

const slowness = 15;

/** Lets the main process believe that it runs on the system in STAND_IN_PLATFORM. */
const { STAND_IN_PLATFORM: platform } = process.env;
if (platform) Object.defineProperty(process, 'platform', { value: platform });

/** Windows knows no process that has ended and waits for its parent to hear of it. */
if (platform === 'win32') {
  const kill = process.kill.bind(process);
  process.kill = (pid: number, signal?: string | number): true => {
    if (signal === 0 && isEnded(pid)) throw new Error('kill ESRCH');
    return kill(pid, signal);
  };
  // what holds up the end of a session counts its pauses: a machine under load is given more than 4 s
  const wait = Atomics.wait.bind(Atomics) as typeof Atomics.wait;
  Atomics.wait = ((array: Int32Array, place: number, value: number, ms: number) =>
    wait(array, place, value, ms * slowness)) as typeof Atomics.wait;
}

/** By the state in proc_pid_stat(5), which stands behind the name in brackets. */
function isEnded(pid: number): boolean {
  const [, state] = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return state === 'Z' || state === 'X';
}
