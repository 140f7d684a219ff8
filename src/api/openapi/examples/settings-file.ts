import type { SettingsFile, SettingsImportReport } from '../../../contract/settings-file.ts';

export const settingsFileExample: SettingsFile = {
  format: 'postern-settings',
  version: 1,
  exported_at: '2026-06-08T13:30:06Z',
  gateway_version: '1.0.0',
  settings: { keep_inbound_days: 90 },
  network: { smpp_port: 2775 },
  sims: [],
  lists: {
    blocked: [{ number: '+4915*', note: null, source: 'person' }],
    allowed: [],
    'opted-out': [],
  },
  webhooks: [{ url: 'https://example.com/texts', label: 'Till', events: ['sms.received'] }],
  secrets: null,
};

export const settingsImportExample: SettingsImportReport = {
  dry_run: true,
  changes: [{ part: 'settings', target: null, name: 'keep_inbound_days', before: null, after: 90 }],
  changes_total: 1,
  left_out: [{ part: 'network', target: 'port', why: 'port is said by a flag at the start of the gateway.' }],
  new_secrets: [],
  restart_needed: false,
};
