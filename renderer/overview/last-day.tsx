import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { statsQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { text } from '../texts/text.ts';
import { type Counts, hoursOf, lastDayOf, totalOf } from './day-counts.ts';
import styles from './last-day.module.css';

const width = 760;
const height = 150;
const axisHeight = 20;
const axisWidth = 34;
const above = ['delivered', 'sent', 'failed'] as const;
const kinds = [...above, 'received'] as const;
const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** Texts of the last 24 hours: sent above the line, received below it. */
export function LastDay() {
  const { data: stats, error } = useQuery(statsQuery);
  if (!stats) return error ? null : <Skeleton height={232} radius="var(--r-3)" />;
  if (stats.counts.length === 0) return null;
  const hours = hoursOf(stats);
  const total = totalOf(stats, lastDayOf(stats));
  return (
    <Card title={text('chart.title')} aside={<span className={styles.what}>{text('chart.what')}</span>}>
      <div className={styles.frame}>
        <Bars
          hours={hours}
          label={kinds.map((kind) => `${text(`chart.${kind}`)}: ${total[kind]}`).join(', ')}
        />
        <dl className={styles.legend}>
          {kinds.map((kind) => (
            <div key={kind}>
              <dt>
                <i data-kind={kind} aria-hidden="true" />
                {text(`chart.${kind}`)}
              </dt>
              <dd>{total[kind].toLocaleString()}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Card>
  );
}

interface BarsProps {
  readonly hours: readonly (Counts & { readonly at: number })[];
  readonly label: string;
}

function Bars({ hours, label }: BarsProps) {
  const most = roundUp(Math.max(1, ...hours.map(sentIn)));
  const deepest = Math.max(0, ...hours.map(({ received }) => received));
  const scale = (height - 12) / (most + deepest);
  const zero = 8 + most * scale;
  const step = (width - axisWidth) / hours.length;
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${width} ${height + axisHeight}`}
      role="img"
      aria-label={text('chart.label', { counts: label })}
    >
      {[most, most / 2].map((mark) => (
        <g key={mark}>
          <line x1={axisWidth} x2={width} y1={zero - mark * scale} y2={zero - mark * scale} />
          <text x={axisWidth - 8} y={zero - mark * scale} textAnchor="end" dominantBaseline="middle">
            {mark.toLocaleString()}
          </text>
        </g>
      ))}
      {hours.map((hour, place) => (
        <Hour key={hour.at} hour={hour} x={axisWidth + place * step} step={step} zero={zero} scale={scale} />
      ))}
      <line data-axis x1={axisWidth} x2={width} y1={zero} y2={zero} />
      <text x={axisWidth - 8} y={zero} textAnchor="end" dominantBaseline="middle">
        0
      </text>
      {hours.map(
        ({ at }, place) =>
          place % 4 === 1 && (
            <text key={at} x={axisWidth + (place + 0.5) * step} y={height + 14} textAnchor="middle">
              {time.format(at)}
            </text>
          ),
      )}
    </svg>
  );
}

interface HourProps {
  readonly hour: Counts & { readonly at: number };
  readonly x: number;
  readonly step: number;
  readonly zero: number;
  readonly scale: number;
}

function Hour({ hour, x, step, zero, scale }: HourProps) {
  const bar = { x: x + step * 0.2, width: step * 0.6 };
  let top = zero;
  return (
    <g>
      <title>
        {`${time.format(hour.at)} · ${kinds.map((kind) => `${text(`chart.${kind}`)} ${hour[kind]}`).join(', ')}`}
      </title>
      <rect x={x} width={step} y={0} height={height} fill="transparent" />
      {above.map((kind) => {
        top -= hour[kind] * scale;
        return (
          hour[kind] > 0 && <rect key={kind} data-kind={kind} {...bar} y={top} height={hour[kind] * scale} />
        );
      })}
      {hour.received > 0 && (
        <rect data-kind="received" {...bar} y={zero + 1} height={Math.max(1, hour.received * scale - 1)} />
      )}
    </g>
  );
}

function sentIn({ delivered, sent, failed }: Counts): number {
  return delivered + sent + failed;
}

/** The next number that makes a readable mark, and whose half does too. */
function roundUp(count: number): number {
  const unit = 10 ** Math.floor(Math.log10(count));
  const found = [1, 2, 4, 6, 8, 10].find((factor) => factor * unit >= count) ?? 10;
  return Math.max(2, found * unit);
}
