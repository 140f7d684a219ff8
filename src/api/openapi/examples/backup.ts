import type { BackupView } from '../../../contract/backup.ts';

export const backupExample: BackupView = {
  name: 'postern-20260608-133006.db',
  state: 'ready',
  progress_percent: 100,
  size_bytes: 18_431_000,
  created_at: '2026-06-08T13:30:06Z',
  error: null,
};

export const unfinishedBackupExample: BackupView = {
  ...backupExample,
  state: 'making',
  progress_percent: 40,
  size_bytes: null,
};
