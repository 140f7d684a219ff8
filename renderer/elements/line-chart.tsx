import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import styles from './line-chart.module.css';

export interface ChartSeries {
  readonly name: string;
  /** One value a time; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly format: (value: number) => string;
  /** Stretches of the axis that have a name, from the highest down. */
  readonly bands?: readonly ChartBand[];
}

export interface ChartBand {
  readonly name: string;
  readonly least: number;
  /** The token of its colour. */
  readonly token: string;
}

interface LineChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly series: ChartSeries;
  readonly height: number;
  /** The least span of the axis, so that a quiet line does not look like a storm. */
  readonly least: readonly [number, number];
}

const axisWidth = 44;
const bandWidth = 56;
const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
});

/** One measure over time. What lies under the pointer, or was measured last, stands above it in words. */
export function LineChart(props: LineChartProps) {
  const { label, times, series } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const scheme = useComputedColorScheme('light');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read anew when it changes
  useEffect(() => {
    const place = frame.current;
    if (!place) return;
    const plot = new uPlot(optionsFor(place, props, setAt), [[...times], [...series.values]], place);
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: place.clientWidth, height: props.height }),
    );
    observer.observe(place);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [times, series, props.from, props.to, props.height, scheme]);
  const index = at ?? lastKnown(series.values);
  const value = index === undefined ? null : series.values[index];
  const moment = index === undefined ? undefined : times[index];
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.reading}>
        {value !== null && value !== undefined && moment !== undefined && (
          <>
            <b>{series.format(value)}</b> {dayAndTime.format(moment * 1_000)}
          </>
        )}
      </figcaption>
      <div ref={frame} role="img" aria-label={label} className={styles.plot} />
    </figure>
  );
}

function lastKnown(values: readonly (number | null)[]): number | undefined {
  const index = values.findLastIndex((value) => value !== null);
  return index < 0 ? undefined : index;
}

function optionsFor(
  place: HTMLElement,
  { from, to, series, height, least }: LineChartProps,
  onPoint: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(place);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: token('--text-3'),
    grid: { stroke: token('--c-grid'), width: 1 },
    ticks: { show: false },
    font: `11px ${token('--font-ui')}`,
  };
  const long = to - from > 36 * 3_600;
  return {
    width: place.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    padding: [8, series.bands ? bandWidth : 24, 0, 0],
    hooks: {
      setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)],
      draw: [(plot) => drawBands(plot, series.bands ?? [], token)],
    },
    scales: {
      x: { range: [from, to] },
      y: { range: (_plot, low, high) => spanOf(low, high, least) },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 70,
        size: 26,
        values: (_plot, marks) => marks.map((mark) => (long ? dayMark(mark) : time.format(mark * 1_000))),
      },
      { ...axis, size: axisWidth, values: (_plot, marks) => marks.map(plainNumber) },
    ],
    series: [
      {},
      {
        stroke: token('--c-line'),
        fill: token('--c-area'),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
      },
    ],
  };
}

/** The named stretches as coloured strokes beside the plot, each with its name. */
function drawBands(plot: uPlot, bands: readonly ChartBand[], token: (name: string) => string): void {
  const { ctx, bbox } = plot;
  const scale = window.devicePixelRatio;
  const left = bbox.left + bbox.width + 8 * scale;
  let top = bbox.top;
  ctx.save();
  ctx.font = `${11 * scale}px ${token('--font-ui')}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const { name, least, token: colour } of bands) {
    const bottom = Math.min(Math.max(plot.valToPos(least, 'y', true), bbox.top), bbox.top + bbox.height);
    if (bottom - top > 2 * scale) {
      ctx.fillStyle = token(colour);
      ctx.fillRect(left, top + scale, 3 * scale, bottom - top - 2 * scale);
      ctx.fillStyle = token('--text-3');
      ctx.fillText(name, left + 9 * scale, (top + bottom) / 2);
    }
    top = bottom;
  }
  ctx.restore();
}

function plainNumber(value: number): string {
  return value.toLocaleString().replace('-', '−');
}

function dayMark(seconds: number): string {
  const moment = new Date(seconds * 1_000);
  return moment.getHours() === 0 && moment.getMinutes() === 0
    ? moment.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric' })
    : time.format(moment);
}

function spanOf(
  low: number | null,
  high: number | null,
  [least, most]: readonly [number, number],
): [number, number] {
  return [Math.min(low ?? least, least), Math.max(high ?? most, most)];
}
