/** A receiver of webhooks that reads each event and answers 200 at once; it tells when each of them came. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { report } from './child.ts';
import { instantMs } from './stopwatch.ts';

export type ReceiverReport =
  | { readonly type: 'ready'; readonly url: string }
  | { readonly type: 'received'; readonly at: readonly number[] };

/** Asks to be told when so many have come since the last time. */
export interface ReceiverOrder {
  readonly type: 'count';
  readonly events: number;
}

const came: number[] = [];
let wanted = Infinity;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    came.push(instantMs());
    response.end('ok');
    tell();
  });
});
server.listen(0, '127.0.0.1', () => {
  report({ type: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` });
});
process.on('message', ({ events }: ReceiverOrder) => {
  wanted = events;
  tell();
});
for (const end of ['disconnect', 'SIGTERM']) process.on(end, () => process.exit());

function tell(): void {
  if (came.length < wanted) return;
  wanted = Infinity;
  report({ type: 'received', at: came.splice(0) });
}
