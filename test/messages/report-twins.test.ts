import { describe, expect, it } from 'vitest';
import { ReportDesk } from './report-desk.ts';

const reference = 166;

describe('two reports of the very same bytes', () => {
  it('deliver two texts of one second that were given the same reference', async () => {
    const desk = new ReportDesk();
    const first = desk.send(reference);
    desk.report(reference);
    await desk.clock.advance(900);
    const second = desk.send(reference);
    desk.report(reference);
    expect([desk.status(first), desk.status(second)]).toEqual(['delivered', 'delivered']);
  });

  it('deliver both texts also when the second overtakes the answer of the modem', async () => {
    const desk = new ReportDesk();
    const first = desk.send(reference);
    desk.report(reference);
    await desk.clock.advance(900);
    const second = desk.send(reference, () => desk.report(reference));
    expect([desk.status(first), desk.status(second)]).toEqual(['delivered', 'delivered']);
  });

  it('are one report that came twice when the next text with this reference is of another time', async () => {
    const desk = new ReportDesk();
    const first = desk.send(reference);
    const second = desk.clock.now();
    desk.report(reference, second);
    await desk.clock.advance(60_000);
    const later = desk.send(reference);
    desk.report(reference, second);
    expect([desk.status(first), desk.status(later)]).toEqual(['delivered', 'sent']);
  });
});
