import { queryOptions } from '@tanstack/react-query';
import type { HealthSeries } from '../../src/contract/health.ts';
import type { SimView } from '../../src/contract/sim.ts';
import { queryString, readOne, readWhole } from './client.ts';

export const healthSpans = { '1h': 1, '24h': 24, '7d': 168 } as const;
export type HealthSpan = keyof typeof healthSpans;

const hourMs = 3_600_000;

/** How a modem fared in the last hours. Read again each minute: so often a point is added. */
export const healthQuery = (id: string, span: HealthSpan) =>
  queryOptions({
    queryKey: ['health', id, span] as const,
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - healthSpans[span] * hourMs).toISOString();
      return readOne<HealthSeries>(
        `/v1/modems/${encodeURIComponent(id)}/health${queryString({ from })}`,
        signal,
      );
    },
    staleTime: 60_000,
    refetchInterval: 60_000,
    placeholderData: (before) => (before?.modem_id === id ? before : undefined),
  });

export const simsQuery = queryOptions({
  queryKey: ['sims'],
  queryFn: async ({ signal }) => (await readWhole<SimView>('/v1/sims', signal)).data,
});

/** What a SIM is addressed by. */
export function simId(sim: SimView): string {
  return sim.iccid ?? sim.imsi ?? '';
}
