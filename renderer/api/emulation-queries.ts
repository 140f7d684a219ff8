import { queryOptions } from '@tanstack/react-query';
import type { EmulationView } from '../../src/contract/emulation.ts';
import type { PortView } from '../../src/contract/port.ts';
import { readOne, readPage } from './client.ts';

export const emulationQuery = queryOptions({
  queryKey: ['emulation'],
  queryFn: ({ signal }) => readOne<EmulationView>('/v1/emulation', signal),
});

/** The serial ports of the gateway's machine. Read again often enough to see what is just plugged in. */
export const portsQuery = queryOptions({
  queryKey: ['ports'],
  queryFn: async ({ signal }) => (await readPage<PortView>('/v1/ports', { per_page: 100 }, signal)).data,
  refetchInterval: 10_000,
});
