import { afterEach, expect, test } from 'vitest';
import type { Message } from '../../src/contract/message.ts';
import { Chance } from './chance.ts';
import { SoakedOffice } from './soaked-office.ts';

/** How much befalls the modems. */
interface Soak {
  readonly modems: number;
  /** Texts that come and go, and faults, by chance. */
  readonly happenings: number;
  /** Whether faults strike that take their time. */
  readonly withLongFaults: boolean;
  readonly limitMs: number;
  /** How long the gateway waits for proof of a text that may have been sent; as usual unless said. */
  readonly evidenceSeconds?: number;
  /** What happens in which order; undefined for another course each time. `SOAK_SEED` beats it. */
  readonly seed?: number | undefined;
}

/** Lets that befall so many modems in an order that `SOAK_SEED` makes the same again, and looks at every text. */
export function surviveSoaking({
  modems,
  happenings,
  withLongFaults,
  limitMs,
  evidenceSeconds,
  seed,
}: Soak): void {
  let office: SoakedOffice | undefined;

  afterEach(() => office?.close());

  test(`${modems} modems on as many ports lose and double no text, whatever befalls them`, {
    timeout: limitMs,
  }, async () => {
    const chance = new Chance(Number(process.env.SOAK_SEED ?? seed ?? Date.now() % 1_000_000));
    process.stderr.write(`${happenings} happenings; the same again: SOAK_SEED=${chance.seed}\n`);
    office = await SoakedOffice.open(modems, chance, withLongFaults, evidenceSeconds);
    await office.soak(happenings);
    await office.settle();
    await expectAgreement(office, `SOAK_SEED=${chance.seed}: ${office.story.join(', ')}`);
    expect(office.story.length).toBeGreaterThan(happenings / 10);
  });
}

/** What the network has and what the API says must be the same story. */
async function expectAgreement(office: SoakedOffice, told: string): Promise<void> {
  const { gateway, outward, inward } = office;
  const times = office.timesSent();
  const sent = await gateway.messages('direction=outbound');
  expect(sent.map(({ body }) => body).toSorted(), told).toEqual(outward.toSorted());
  for (const message of sent) {
    const taken = times.get(message.body) ?? 0;
    if (agrees(message, taken)) continue;
    expect.fail(
      `"${message.body}" is ${message.status}, and was taken ${taken} times. ${await office.tellOf(message)}\n${told}`,
    );
  }
  const received = await gateway.messages('direction=inbound');
  const bodies = received.map(({ body }) => body).toSorted();
  if (bodies.join() !== inward.toSorted().join()) await office.keepData();
  expect(bodies, told).toEqual(inward.toSorted());
}

/** What counts as sent was taken once; what failed, because nobody knows its fate, at most once. */
function agrees({ status, failure_reason: reason }: Message, taken: number): boolean {
  if (reason === null) return taken === 1 && /^(?:sent|delivered)$/.test(status);
  return taken <= 1 && reason.startsWith('ambiguous_submit');
}
