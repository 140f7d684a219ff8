import type { Preview, PreviewRequest } from '../../../contract/preview.ts';
import type { Stats } from '../../../contract/stats.ts';

export const statsExample: Stats = {
  from: '2026-06-07T14:00:00Z',
  to: '2026-06-08T14:00:00Z',
  step: 'hour',
  counts: [
    {
      at: '2026-06-08T13:00:00Z',
      number: '+14155552671',
      direction: 'outbound',
      status: 'delivered',
      messages: 12,
      segments: 15,
    },
  ],
};

export const previewRequestExample: PreviewRequest = { body: 'Grüße 😀', from: '+14155552671' };

export const previewExample: Preview = {
  encoding: 'ucs2',
  segment_count: 1,
  characters: 7,
  units_per_segment: 70,
  characters_left: 62,
  forced_by: [{ character: '😀', index: 6 }],
  cost_usd: 0.05,
};
