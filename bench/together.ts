import { Bench } from './bench.ts';
import type { Figure } from './figures.ts';
import { type CrowdResult, crowd } from './load.ts';
import { ourNumber, reportingPhone, unreportingPhone } from './phones.ts';
import type { Postern } from './postern.ts';
import { meanGap } from './send.ts';

const awayNumber = '+15550100002';
const texts = 12;
const networkMs = 1_000;
const connections = 32;
const warmUpSeconds = 2;
const seconds = 11;
const mostSlower = 0.1;

/** Whether accepting slows down sending, or sending accepting: each alone, and both at once. */
export async function together(): Promise<Figure[]> {
  const sending = await measure({ send: true, accept: false });
  const accepting = await measure({ send: false, accept: true });
  const both = await measure({ send: true, accept: true });
  const slowerSending = (both.gapMs ?? 0) / (sending.gapMs ?? 1) - 1;
  const slowerAccepting = 1 - (both.crowd?.perSecond ?? 0) / (accepting.crowd?.perSecond ?? 1);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const limit = (share: number) => ({ text: `< ${percent(mostSlower)} slower`, kept: share < mostSlower });
  return [
    {
      what: 'sending, 1 s network, while others are accepted',
      measured: `${both.gapMs?.toFixed(1)} ms a text, ${percent(slowerSending)} slower`,
      limit: limit(slowerSending),
      bare: `${sending.gapMs?.toFixed(1)} ms alone`,
    },
    {
      what: `accepting, ${connections} connections, while others are sent`,
      measured: `${both.crowd?.perSecond.toFixed(0)} texts/s, ${percent(slowerAccepting)} slower`,
      limit: limit(slowerAccepting),
      bare: `${accepting.crowd?.perSecond.toFixed(0)} texts/s alone`,
    },
  ];
}

interface Measured {
  readonly gapMs: number | undefined;
  readonly crowd: CrowdResult | undefined;
}

/** What is accepted is for a SIM that is away, so that it does not join the queue of what is sent. */
function measure(what: { readonly send: boolean; readonly accept: boolean }): Promise<Measured> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem(networkMs);
    const postern = await bench.posternWith([
      { path: modem.path, number: ourNumber },
      { path: `${modem.path}-away`, number: awayNumber },
    ]);
    if (what.accept) await accept(postern, warmUpSeconds);
    if (what.send) await postern.queue(texts, { from: ourNumber, to: unreportingPhone });
    const taken = what.send ? modem.taken(texts) : undefined;
    if (what.send) await modem.plug();
    const accepted = what.accept ? accept(postern, seconds) : undefined;
    const at = await taken;
    return { gapMs: at && meanGap(at), crowd: await accepted };
  });
}

function accept({ url, headers }: Postern, forSeconds: number): Promise<CrowdResult> {
  const text = { from: awayNumber, to: reportingPhone, body: 'The water in the cellar stands at 12 cm.' };
  return crowd({ url: `${url}/v1/sms/send`, headers, body: JSON.stringify(text) }, connections, forSeconds);
}
