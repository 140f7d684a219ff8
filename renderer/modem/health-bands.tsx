import type { HealthPoint, HealthSeries } from '../../src/contract/health.ts';
import { exactMoment } from '../elements/moment.ts';
import { text } from '../texts/text.ts';
import styles from './health-bands.module.css';

/** A stretch of time in which something stayed the same. */
export interface Stretch {
  readonly word: string | null;
  readonly from: number;
  readonly to: number;
}

/** Which network and technology the modem was in when, beneath the chart and on its axis. */
export function HealthBands({ series }: { readonly series: HealthSeries }) {
  const from = Date.parse(series.from);
  const to = Date.parse(series.to);
  const rows = [
    { name: text('health.network'), stretches: stretchesOf(series, networkOf) },
    { name: text('health.technology'), stretches: stretchesOf(series, ({ technology }) => technology) },
  ];
  return (
    <div className={styles.bands}>
      {rows.map(({ name, stretches }) => (
        <div key={name} className={styles.row}>
          <span className={styles.name}>{name}</span>
          <span className={styles.band}>
            {stretches.map((stretch) => (
              <span
                key={stretch.from}
                className={styles.stretch}
                data-none={stretch.word === null || undefined}
                style={{
                  left: `${((stretch.from - from) / (to - from)) * 100}%`,
                  width: `${((stretch.to - stretch.from) / (to - from)) * 100}%`,
                }}
                title={`${stretch.word ?? text('health.offline')}, ${exactMoment(stretch.from)}`}
              >
                {stretch.word ?? text('health.offline')}
              </span>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

/** Half a step without service counts as none. */
function networkOf(point: HealthPoint): string | null {
  return point.online >= 0.5 ? point.operator : null;
}

/** Points joined as long as `wordOf` says the same and none is missing between them. */
export function stretchesOf(
  { points, step_seconds: step }: HealthSeries,
  wordOf: (point: HealthPoint) => string | null,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const point of points) {
    const from = Date.parse(point.at);
    const to = from + step * 1_000;
    const last = stretches.at(-1);
    const word = wordOf(point);
    if (last && last.word === word && from - last.to <= step * 500)
      stretches[stretches.length - 1] = { ...last, to };
    else stretches.push({ word, from, to });
  }
  return stretches;
}
