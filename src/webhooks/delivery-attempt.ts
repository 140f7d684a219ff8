import type { Clock } from '../clock.ts';
import type { EventType } from '../contract/event.ts';
import type { Signing, StoredWebhook } from '../store/webhook-store.ts';
import { answerWithinMs } from './failure.ts';
import type { HttpPost, PostOutcome } from './http-post.ts';
import { signatureOf } from './signature.ts';

/** What is sent. */
export interface Parcel {
  readonly eventId: string;
  readonly eventType: EventType;
  readonly body: string;
}

/** What came of it, when it began and how long it took in milliseconds. */
export interface AttemptOutcome extends PostOutcome {
  readonly at: number;
  readonly durationMs: number;
}

/** Whether the receiver took it: any 2xx. */
export function isTaken({ status }: Pick<PostOutcome, 'status'>): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** Sends one event to one webhook, signed, and waits for its answer, but not for ever. */
export async function sendParcel(
  parcel: Parcel,
  { url }: Pick<StoredWebhook, 'url'>,
  signing: Signing | undefined,
  {
    post,
    clock,
    stopping,
  }: { readonly post: HttpPost; readonly clock: Clock; readonly stopping: AbortSignal },
): Promise<AttemptOutcome> {
  const [at, startedAt] = [clock.now(), clock.monotonic()];
  const ended = (outcome: PostOutcome) => ({
    ...outcome,
    at,
    durationMs: Math.round(clock.monotonic() - startedAt),
  });
  if (!signing) {
    const error = 'The secret of this webhook cannot be read any more. Change it with "rotate_secret".';
    return ended({ status: undefined, text: '', error });
  }
  const body = Buffer.from(parcel.body);
  const end = new AbortController(); // of its own: what `AbortSignal.any` makes costs as much as the request
  const abort = () => end.abort();
  const timer = clock.after(answerWithinMs, abort);
  stopping.addEventListener('abort', abort);
  if (stopping.aborted) abort();
  const outcome = await post.post(new URL(url), body, headersOf(parcel, body, signing, at), end.signal);
  timer.cancel();
  stopping.removeEventListener('abort', abort);
  return ended(outcome);
}

function headersOf(
  { eventId, eventType }: Parcel,
  body: Buffer,
  { secret, previous }: Signing,
  at: number,
): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    'User-Agent': 'Postern',
    'Accept-Encoding': 'identity',
    'X-Event-Id': eventId,
    'X-Event-Type': eventType,
    'X-Timestamp': String(Math.floor(at / 1_000)),
    'X-ReachCell-Signature': signatureOf(body, secret),
    ...(previous === undefined ? {} : { 'X-ReachCell-Signature-Previous': signatureOf(body, previous) }),
  };
}
