import { afterEach, expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { SoakedOffice } from './soaked-office.ts';

const modemCount = 16;

/** How much befalls the modems. */
interface Soak {
  /** Texts that come and go, and faults, by chance. */
  readonly happenings: number;
  /** Whether faults strike that take their time. */
  readonly withLongFaults: boolean;
  readonly limitMs: number;
}

/** Lets that befall sixteen modems in an order that `SOAK_SEED` makes the same again, and looks at every text. */
export function surviveSoaking({ happenings, withLongFaults, limitMs }: Soak): void {
  let office: SoakedOffice | undefined;

  afterEach(() => office?.close());

  test('sixteen modems on as many ports lose and double no text, whatever befalls them', {
    timeout: limitMs,
  }, async () => {
    const chance = new Chance(Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000));
    process.stderr.write(`${happenings} happenings; the same again: SOAK_SEED=${chance.seed}\n`);
    office = await SoakedOffice.open(modemCount, chance, withLongFaults);
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
  for (const { body, status, failure_reason } of sent) {
    const taken = times.get(body) ?? 0;
    if (failure_reason === null) {
      expect({ body, status, taken }, told).toEqual({
        body,
        status: expect.stringMatching(/^(sent|delivered)$/),
        taken: 1,
      });
    } else {
      expect(`${body}: ${failure_reason}`, told).toMatch(/: ambiguous_submit/);
      expect(taken, `${body}; ${told}`).toBeLessThanOrEqual(1);
    }
  }
  const received = await gateway.messages('direction=inbound');
  expect(received.map(({ body }) => body).toSorted(), told).toEqual(inward.toSorted());
}
