import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { AccessOutcome } from '../src/contract/port-access.ts';
import type { BackendState } from './backend-process.ts';

/** What a page may ask of the main process: the channel, and what is answered. */
export interface Requests {
  'backend:state': BackendState;
  'backend:restart': undefined;
  'settings:open': undefined;
  'access:give': AccessOutcome;
}

/** What the main process tells the pages. */
export interface Notices {
  'backend:changed': BackendState;
}

type Handlers = {
  readonly [Channel in keyof Requests]: () => Requests[Channel] | Promise<Requests[Channel]>;
};

/**
 * Answers the requests of the pages. A frame that is not one of the gateway's own gets an error, whatever else may
 * ever be shown in a window.
 */
export function answerRequests(
  ipcMain: Pick<IpcMain, 'handle'>,
  isTrusted: (address: string) => boolean,
  handlers: Handlers,
): void {
  for (const [channel, handler] of Object.entries(handlers)) {
    ipcMain.handle(channel, (event) => {
      if (!isTrusted(addressOf(event)))
        throw new Error(`${channel} was refused: the page is not Postern's own.`);
      return handler();
    });
  }
}

/** Tells a page something. */
export function notify<Channel extends keyof Notices>(
  page: Pick<WebContents, 'send'>,
  channel: Channel,
  notice: Notices[Channel],
): void {
  page.send(channel, notice);
}

/** A frame that is gone, or has navigated away meanwhile, has no address. */
function addressOf(event: IpcMainInvokeEvent): string {
  return event.senderFrame?.url ?? '';
}
