import { queryOptions } from '@tanstack/react-query';
import type { BackupView } from '../../src/contract/backup.ts';
import type { DiagnosticsView } from '../../src/contract/diagnostics.ts';
import type { MailServerView } from '../../src/contract/mail-server.ts';
import type { NetworkView } from '../../src/contract/network.ts';
import { type Page, readOne, readPage } from './client.ts';

/** How often is asked how far a copy has come, while one is under way. */
const progressEveryMs = 1_000;

export const networkQuery = queryOptions({
  queryKey: ['network'],
  queryFn: ({ signal }) => readOne<NetworkView>('/v1/network', signal),
});

export const mailServerQuery = queryOptions({
  queryKey: ['mail-server'],
  queryFn: ({ signal }) => readOne<MailServerView>('/v1/mail', signal),
});

export const backupsQuery = queryOptions({
  queryKey: ['backups'],
  queryFn: ({ signal }) => readPage<BackupView>('/v1/backups', { per_page: 100 }, signal),
  refetchInterval: ({ state }) => (isUnderWay(state.data) ? progressEveryMs : false),
});

export const diagnosticsQuery = queryOptions({
  queryKey: ['diagnostics'],
  queryFn: ({ signal }) => readOne<DiagnosticsView>('/v1/diagnostics', signal),
});

function isUnderWay(backups: Page<BackupView> | undefined): boolean {
  return backups?.data.some(({ state }) => ['making', 'restoring', 'restore_ready'].includes(state)) ?? false;
}
