import type { ListEntry } from '../../../contract/number-list.ts';

export const listEntryExample: ListEntry = {
  number: '+14155553000',
  note: 'asked by phone',
  source: 'person',
  created_at: '2026-06-08T13:30:06Z',
};
