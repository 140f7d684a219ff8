import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartSpline } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { HealthSeries } from '../../src/contract/health.ts';
import type { ModemView } from '../../src/contract/modem.ts';
import { type HealthSpan, healthQuery, healthSpans } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import { type ChartBand, type ChartSeries, LineChart } from '../elements/line-chart.tsx';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { Segmented } from '../elements/segmented.tsx';
import { dbmText } from '../elements/signal.ts';
import { type TextKey, text } from '../texts/text.ts';
import styles from './health.module.css';
import { HealthBands } from './health-bands.tsx';
import { Identity } from './identity.tsx';

type Measure = 'signal_dbm' | 'temperature_c' | 'supply_v' | 'storage_percent' | 'quality_db';

interface MeasureLook {
  readonly measure: Measure;
  readonly name: TextKey;
  readonly least: readonly [number, number];
  readonly format: (value: number) => string;
  readonly bands?: readonly ChartBand[];
}

const rounded =
  (unit: string, digits = 0) =>
  (value: number) =>
    `${value.toLocaleString(undefined, { maximumFractionDigits: digits })} ${unit}`.replace('-', '−');

/** What is drawn beside the signal, where the modem tells it. */
const further: readonly MeasureLook[] = [
  { measure: 'temperature_c', name: 'health.temperature', least: [20, 60], format: rounded('°C') },
  { measure: 'supply_v', name: 'health.supply', least: [3.3, 4.4], format: rounded('V', 2) },
  { measure: 'storage_percent', name: 'health.storage', least: [0, 100], format: rounded('%') },
  { measure: 'quality_db', name: 'health.quality', least: [-20, 0], format: rounded('dB') },
];

/** As they are called wherever a signal is shown; "strong" is the upper part of good here. */
const signalBands: readonly ChartBand[] = [
  { name: text('signal.good'), least: -85, token: '--c-good' },
  { name: text('signal.fair'), least: -100, token: '--c-fair' },
  { name: text('signal.weak'), least: Number.NEGATIVE_INFINITY, token: '--c-weak' },
];

const spanNames: Readonly<Record<HealthSpan, string>> = {
  '1h': text('health.hour'),
  '24h': text('health.day'),
  '7d': text('health.week'),
};
const spans = Object.keys(healthSpans) as HealthSpan[];

/** How the modem is and was: signal, network and whatever else it tells, on one axis of time. */
export function Health({ modem }: { readonly modem: ModemView }) {
  const [span, setSpan] = useState<HealthSpan>('24h');
  const { data, error, refetch } = useQuery(healthQuery(modem.id, span));
  const chooser = (
    <Segmented
      label={text('health.span')}
      value={span}
      onChange={setSpan}
      choices={spans.map((value) => ({ value, name: spanNames[value] }))}
    />
  );
  return (
    <div className={page.page}>
      <div className={page.columns}>
        <div className={page.stack}>
          <Card title={text('health.signal')} aside={chooser}>
            {!data && !error && <Skeleton height={244} m={12} width="auto" />}
            {!data && error && <LoadError error={error} onRetry={() => void refetch()} />}
            {data && data.points.length === 0 && (
              <Notice icon={ChartSpline} title={text('health.none_title')}>
                <p>{text('health.none_what')}</p>
              </Notice>
            )}
            {data && data.points.length > 0 && <Signal series={data} />}
          </Card>
          {data && <Further series={data} />}
        </div>
        <Identity modem={modem} />
      </div>
    </div>
  );
}

function Signal({ series }: { readonly series: HealthSeries }) {
  const look: MeasureLook = {
    measure: 'signal_dbm',
    name: 'health.signal',
    least: [-113, -60],
    format: (value) => dbmText(Math.round(value)),
    bands: signalBands,
  };
  return (
    <>
      <Chart series={series} look={look} height={220} />
      <HealthBands series={series} />
    </>
  );
}

function Further({ series }: { readonly series: HealthSeries }) {
  const told = further.filter(({ measure }) => series.points.some((point) => point[measure] !== null));
  return (
    <div className={styles.further}>
      {told.map((look) => (
        <Card key={look.measure} title={text(look.name)}>
          <Chart series={series} look={look} height={150} />
        </Card>
      ))}
    </div>
  );
}

interface ChartProps {
  readonly series: HealthSeries;
  readonly look: MeasureLook;
  readonly height: number;
}

function Chart({ series, look, height }: ChartProps) {
  const drawn = useMemo(() => drawable(series, look), [series, look]);
  return (
    <LineChart
      label={text('health.chart', { what: text(look.name) })}
      times={drawn.times}
      series={drawn.series}
      from={Date.parse(series.from) / 1_000}
      to={Date.parse(series.to) / 1_000}
      least={look.least}
      height={height}
    />
  );
}

/** The points as columns, with a gap put in where a time has none. */
function drawable(
  { points, step_seconds: step }: HealthSeries,
  { measure, name, format, bands }: MeasureLook,
): { times: number[]; series: ChartSeries } {
  const times: number[] = [];
  const values: (number | null)[] = [];
  let before: number | undefined;
  for (const point of points) {
    const at = Date.parse(point.at) / 1_000;
    if (before !== undefined && at - before > step * 1.5) {
      times.push(before + step);
      values.push(null);
    }
    times.push(at);
    values.push(point[measure]);
    before = at;
  }
  return { times, series: { name: text(name), values, format, ...(bands && { bands }) } };
}
