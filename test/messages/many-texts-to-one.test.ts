import { describe, expect, it } from 'vitest';
import { ReportDesk, received } from './report-desk.ts';

const texts = 600;
const validityOver = 0x46;

/** A mix that is the same in every run: 389 and 600 have no common divisor. */
const mixed = <Item>(items: readonly Item[]): Item[] =>
  items.map((_, place) => items[(place * 389) % items.length] as Item);

/** Six hundred texts to one person, each so long after the one before, with references that come round twice. */
function sendAll(desk: ReportDesk, gapMs: number, meanwhile: (place: number) => void = () => undefined) {
  return Array.from({ length: texts }, (_, place) => {
    desk.clock.shift(gapMs);
    const at = desk.clock.now();
    return { place, at, reference: place % 256, seq: desk.send(place % 256, () => meanwhile(place)) };
  });
}

describe('six hundred texts to one person, whose references come round', () => {
  it.each([1, 3, 4, 20])(
    'are all delivered when one leaves every %i ms and all reports come late',
    (gapMs) => {
      const desk = new ReportDesk();
      desk.atOnce(() => {
        const sent = sendAll(desk, gapMs);
        for (const { reference, at } of mixed(sent)) desk.report(reference, at);
        expect(sent.filter(({ seq }) => desk.status(seq) !== 'delivered')).toEqual([]);
      });
    },
  );

  it.each([1, 3, 4, 20])(
    'are all delivered when one leaves every %i ms and reports overtake the results',
    (gapMs) => {
      const desk = new ReportDesk();
      desk.atOnce(() => {
        const sent = sendAll(desk, gapMs, (place) => place % 2 === 0 && desk.report(place % 256));
        for (const { reference, at, place } of mixed(sent)) if (place % 2 === 1) desk.report(reference, at);
        expect(sent.filter(({ seq }) => desk.status(seq) !== 'delivered')).toEqual([]);
      });
    },
  );

  it('fail where the report of their own second says so, and nowhere else', () => {
    const desk = new ReportDesk();
    desk.atOnce(() => {
      const sent = sendAll(desk, 20);
      const undeliverable = ({ place }: { place: number }) => place % 7 === 0;
      for (const text of mixed(sent))
        desk.report(text.reference, text.at, undeliverable(text) ? validityOver : received);
      const failed = sent.filter(({ seq }) => desk.status(seq) === 'failed');
      expect(failed).toEqual(sent.filter(undeliverable));
    });
  });
});
