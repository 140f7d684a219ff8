import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { applyChanges, rereadAll } from './apply.ts';
import { ChangeBuffer } from './change-buffer.ts';
import { type Connection, EventStream } from './event-stream.ts';
import { noticeQueue } from './notice-queue.ts';
import { tell, toldEvents } from './notices.ts';
import { openSource } from './shared-source.ts';
import { throttle } from './throttle.ts';
import { browserTimers } from './timer.ts';

/** How often everything is read again while much changes. What changed itself is shown at once. */
const rereadEveryMs = 2_000;

const ConnectionContext = createContext<Connection>('connecting');

/** Whether what is shown follows the gateway at this moment. */
export function useConnection(): Connection {
  return useContext(ConnectionContext);
}

/** Keeps the event stream open as long as it is on the page, and all that is read up to date by it. */
export function Live({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => follow(client, setConnection), [client]);
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

function follow(client: QueryClient, onConnection: (connection: Connection) => void): () => void {
  const reread = throttle(() => rereadAll(client), rereadEveryMs, browserTimers);
  const notices = noticeQueue(tell, browserTimers);
  const buffer = new ChangeBuffer({
    timers: browserTimers,
    deliver: (changes) => {
      applyChanges(client, changes);
      reread.call();
    },
    onOverflow: () => reread.call(),
  });
  const stream = new EventStream({
    open: openSource,
    timers: browserTimers,
    onChange: (change) => buffer.add(change),
    onOpen: () => reread.call(),
    told: toldEvents,
    onEvent: (data) => notices.add(data),
    onConnection: (connection) => {
      onConnection(connection);
      // A stream does not tell why it was refused: asking for the session does.
      if (connection === 'lost') void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  stream.start();
  const stopResting = whileAwake(stream);
  return () => {
    stopResting();
    stream.stop();
    buffer.stop();
    reread.stop();
    notices.stop();
  };
}

/** A page that the browser lays to rest hears nothing: what waits for it there would only grow. */
function whileAwake(stream: EventStream): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const rest = () => stream.stop();
  const wake = () => stream.start();
  window.addEventListener('pagehide', rest, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && wake(), { signal });
  document.addEventListener('freeze', rest, { signal });
  document.addEventListener('resume', wake, { signal });
  return () => listening.abort();
}
