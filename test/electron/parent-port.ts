/**
 * Loaded before the backend's entry in a plain child process: gives it the `process.parentPort` of Electron's utility
 * process, over the channel that Node itself makes.
 */
const parentPort = {
  on(_event: 'message', listener: (event: { readonly data: unknown }) => void) {
    process.on('message', (data) => listener({ data }));
  },
  postMessage: (message: object) => void process.send?.(message),
};
// its parent is gone: so is it
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
Object.defineProperty(process, 'parentPort', { value: parentPort });
