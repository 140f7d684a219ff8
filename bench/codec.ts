import type { Figure } from './figures.ts';
import { directions, leastAdvantage, measureAll } from './pdu/comparison.ts';

const leastTimes = 5;

/** The PDU codec beside the fastest other library, on that text of the corpus where the two are nearest. */
export async function codec(): Promise<Figure[]> {
  const measurement = measureAll();
  return directions.map((direction) => {
    const { sample, times } = leastAdvantage(measurement, direction);
    return {
      what: `PDU codec, ${direction}, beside the fastest library of npm`,
      measured: `${times.toFixed(1)} x as fast (${sample.alphabet}, ${sample.characters} characters)`,
      limit: { text: `>= ${leastTimes} x`, kept: times >= leastTimes },
    };
  });
}
