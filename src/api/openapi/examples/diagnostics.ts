import type { DiagnosticsBundle, DiagnosticsView } from '../../../contract/diagnostics.ts';

export const diagnosticsExample: DiagnosticsView = {
  version: '1.0.0',
  node: 'v24.21.0',
  platform: 'linux x64',
  started_at: '2026-06-08T07:00:00Z',
  data_dir: '/var/lib/postern',
  database_bytes: 18_431_000,
  log_bytes: 4_120_000,
  free_bytes: 61_000_000_000,
  backups: { count: 3, bytes: 54_000_000, newest_at: '2026-06-08T03:00:00Z' },
  not_ready: null,
};

export const diagnosticsBundleExample: DiagnosticsBundle = {
  made_at: '2026-06-08T13:30:06Z',
  diagnostics: diagnosticsExample,
  network: {},
  settings: {},
  modems: [],
  queue: {},
  log: ['{"level":30,"msg":"listening for mail"}'],
};
