/** The event stands at the head of a report that may hold all of a process. */
const longestReport = 10_000;

/** What Windows calls a crash: statuses of exceptions, as signed or unsigned numbers. */
const windowsExceptions: Readonly<Record<number, string>> = {
  3221225477: 'access violation',
  3221225725: 'stack overflow',
  3221226505: 'memory was overwritten',
  3221225501: 'illegal instruction',
};

/** The signals by which a process can end unasked: by number, alone or with 128 added (a core was written). */
const crashSignals: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  11: 'SIGSEGV',
};
const endSignals: Readonly<Record<number, string>> = { 9: 'SIGKILL', 15: 'SIGTERM' };

/**
 * Why a process is no more, in a sentence; null for an end in order.
 *
 * @param code its exit code, or its status by waitpid(2) or GetExitCodeProcess, as Electron hands it on
 * @param reason Electron's word for the end, where `child-process-gone` told it
 */
export function endReason(code: number, reason?: string): string | null {
  if (reason === 'oom') return 'It ran out of memory.';
  if (reason === 'launch-failed') return `It could not be started (code ${code}).`;
  if (reason === 'integrity-failure') return 'Its files were changed. Install Postern again.';
  const exception = windowsExceptions[code >>> 0];
  if (exception) return `It crashed (${exception}).`;
  const signal = code > 128 ? code - 128 : code;
  if (crashSignals[signal]) return `It crashed (${crashSignals[signal]}).`;
  if (endSignals[signal]) return `Another program or the system ended it (${endSignals[signal]}).`;
  if (reason === 'crashed') return `It crashed (code ${code}).`;
  if (reason === 'killed') return `Another program or the system ended it (code ${code}).`;
  return code === 0 ? null : `It ended with code ${code}.`;
}

/**
 * What the engine said when it gave up, in a sentence.
 *
 * @param location where in the engine that was
 * @param report a diagnostic report of Node.js, in JSON
 */
export function fatalReason(location: string, report: string): string {
  const event = /"event":\s*"((?:[^"\\]|\\.)*)"/.exec(report.slice(0, longestReport))?.[1];
  return `It crashed (${event || location || 'the engine gave no reason'}).`;
}
