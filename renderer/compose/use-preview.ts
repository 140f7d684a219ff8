import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Preview } from '../../src/contract/preview.ts';
import { change } from '../api/client.ts';
import { typingPauseMs } from '../elements/typing-pause.ts';

const empty: Preview = {
  encoding: 'gsm7',
  segment_count: 0,
  characters: 0,
  units_per_segment: 160,
  characters_left: 160,
  forced_by: [],
  cost_usd: null,
};

/** What the gateway makes of a text, asked when the typing pauses; undefined while it does not answer. */
export function usePreview(body: string, from: string): Preview | undefined {
  const [asked] = useDebouncedValue(body, typingPauseMs.count);
  const { data, isError } = useQuery({
    queryKey: ['preview', asked, from],
    queryFn: () => change<Preview>('POST', '/v1/sms/preview', { body: asked, ...(from && { from }) }),
    enabled: asked !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
  if (asked === '') return empty;
  return data ?? (isError ? undefined : empty);
}
