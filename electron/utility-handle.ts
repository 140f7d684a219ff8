import type { ToBackend } from './backend-messages.ts';

/** What is needed of Electron's utility process. */
export interface UtilityHandle {
  /** Undefined before the process runs. */
  readonly pid: number | undefined;
  readonly stderr: Pick<NodeJS.ReadableStream, 'on'> | null;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  /** The engine gives up; the process is about to end. Unheard, this would be an error of the main process. */
  on(event: 'error', listener: (type: string, location: string, report: string) => void): unknown;
  postMessage(message: ToBackend): void;
  kill(): boolean;
}
