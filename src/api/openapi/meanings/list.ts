import type { AuditQuery } from '../../../contract/audit.ts';
import type { HealthQuery } from '../../../contract/health.ts';
import type { PageQuery } from '../../../contract/message-query.ts';
import type { AtLogQuery } from '../../../contract/modem-actions.ts';
import type { ListEntry } from '../../../contract/number-list.ts';
import type { StatsCount, StatsQuery } from '../../../contract/stats.ts';
import type { Meanings } from './meanings.ts';

const pages: Meanings<PageQuery> = {
  page: 'Which page, 1 being the first.',
  per_page: 'How many stand on a page, at most 100.',
};

export const listMeanings = {
  PageQuery: pages,
  PageMeta: {
    page: 'The page that this is.',
    per_page: 'How many stand on a page.',
    total: 'How many there are in all.',
    total_pages: 'How many pages that makes. A page past the end is empty.',
  },
  AuditQuery: {
    ...pages,
    action: 'Only what was done so.',
    target: 'Only what was done to this.',
    actor: 'Only what was done by this key or session, named by its id, or user of the command line.',
    from_date: 'From this day on, UTC.',
    to_date: 'Up to this day and with it, UTC.',
  } satisfies Meanings<AuditQuery>,
  SettingsImportQuery: { dry_run: '`true`: change nothing, and tell what would change.' },
  StatsQuery: {
    from: 'From when; 24 hours or 30 days before `to` unless said.',
    to: 'Until when; now unless said.',
    step: 'Whether it is counted by `quarter_hour`, by `hour` or by `day`, in UTC.',
  } satisfies Meanings<StatsQuery>,
  StatsCount: {
    at: 'When the quarter of an hour, hour or day begins.',
    number: "The gateway's own number; null for what came in while a SIM had none.",
    direction: '`outbound` went out, `inbound` came in.',
    status: 'Where they stand now.',
    messages: 'How many messages there were.',
    segments: 'How many SMS they were.',
  } satisfies Meanings<StatsCount>,
  HealthQuery: {
    from: 'From when; a day before `to` unless said.',
    to: 'Until when; now unless said.',
    step: 'Seconds from one point to the next, a multiple of 60; one that fits the range unless said.',
  } satisfies Meanings<HealthQuery>,
  AtLogQuery: {
    after: 'Only lines after the one with this `seq`, oldest first; else the newest.',
    limit: 'How many lines at most.',
    wait_seconds: 'With `after`: how long the answer may wait for a line where there is none yet.',
    bodies: '`true` shows the texts too, to who may administer.',
  } satisfies Meanings<AtLogQuery>,
  ListEntry: {
    number: 'The number, the name, or the first digits with a `*`.',
    note: 'Why it stands there, or null.',
    source: '`person`: somebody put it there; `reply`: its owner did, by a text such as STOP.',
    created_at: 'Since when it stands there.',
  } satisfies Meanings<ListEntry>,
};
