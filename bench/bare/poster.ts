/** Signed POSTs over kept connections, so many at once and with nothing between them: no queue, no database. */
import { createHash, createHmac } from 'node:crypto';
import { Agent } from 'node:http';
import { optionsOf, report } from '../child.ts';
import { ask } from '../load.ts';

export interface BarePosterOptions {
  readonly url: string;
  readonly events: number;
  readonly atOnce: number;
}
export type BarePosterReport = { readonly type: 'posted' };

const { url, events, atOnce } = optionsOf<BarePosterOptions>();
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
const key = createHash('sha256').update('whsec_of_the_benchmark').digest();
const data = {
  message_id: '2a583efc-0c41-47b5-a1fe-885fc7ec2720',
  from: '+15550001111',
  body: 'x'.repeat(300),
};
let left = events;

async function postUntilNoneIsLeft(): Promise<void> {
  while (left-- > 0) {
    const body = JSON.stringify({ event_id: left, event_type: 'sms.failed', api_version: 'v1', data });
    const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'X-ReachCell-Signature': signature,
    };
    await ask(url, { method: 'POST', agent, headers }, body);
  }
}

await Promise.all(Array.from({ length: atOnce }, postUntilNoneIsLeft));
report({ type: 'posted' });
process.on('disconnect', () => process.exit());
