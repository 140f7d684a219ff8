import { afterEach, expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { SoakedOffice } from './soaked-office.ts';

/** `npm run test:soak` takes its time, with faults that take theirs; among all other tests it is a short one. */
const long = process.env.MODE === 'soak';
const soakMs = long ? 120_000 : 10_000;
const limitMs = long ? 1_800_000 : 600_000;
const modemCount = 16;

let office: SoakedOffice | undefined;

afterEach(() => office?.close());

test('sixteen modems on as many ports lose and double no text, whatever befalls them', {
  timeout: limitMs,
}, async () => {
  const chance = new Chance(Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000));
  process.stderr.write(`Soaking for ${soakMs / 1_000} s; the same again: SOAK_SEED=${chance.seed}\n`);
  office = await SoakedOffice.open(modemCount, chance, long);
  await office.soak(soakMs);
  await office.settle();

  const { gateway, outward, inward, story } = office;
  const told = `SOAK_SEED=${chance.seed}: ${story.join(', ')}`;
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
  expect(story.length, told).toBeGreaterThan(20);
});
