import { expect, it } from 'vitest';
import { stretchesOf } from '../../../renderer/modem/health-bands.tsx';
import type { HealthPoint, HealthSeries } from '../../../src/contract/health.ts';

const point = (minute: number, technology: string | null) =>
  ({ at: `2026-06-08T13:0${minute}:00Z`, technology }) as HealthPoint;

const series = (points: HealthPoint[]) => ({ points, step_seconds: 60 }) as HealthSeries;

const wordsOf = (points: HealthPoint[]) =>
  stretchesOf(series(points), ({ technology }) => technology).map(({ word, from, to }) => [
    word,
    (to - from) / 60_000,
  ]);

it('joins what stays the same', () => {
  expect(wordsOf([point(0, 'LTE'), point(1, 'LTE'), point(2, 'GSM')])).toEqual([
    ['LTE', 2],
    ['GSM', 1],
  ]);
});

it('leaves a gap where the gateway did not run', () => {
  expect(wordsOf([point(0, 'LTE'), point(5, 'LTE')])).toEqual([
    ['LTE', 1],
    ['LTE', 1],
  ]);
});
