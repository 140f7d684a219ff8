import type { AuditEntry } from '../../../contract/audit.ts';
import type { ApiKey } from '../../../contract/key.ts';

export const apiKeyExample: ApiKey = {
  id: 'k3Jd82hsLq0P',
  name: 'till',
  prefix: 'ak_x7Kd02',
  scopes: ['sms:send'],
  created_at: '2026-06-08T13:30:06Z',
  expires_at: null,
  allowed_addresses: [],
  requests_per_minute: null,
  last_used_at: null,
  request_count: 0,
  revoked_at: null,
};

export const revokedKeyExample: ApiKey = { ...apiKeyExample, revoked_at: '2026-06-09T08:00:00Z' };

export const auditEntryExample: AuditEntry = {
  id: 12,
  at: '2026-06-08T13:30:06Z',
  action: 'sim.pause',
  target: '8901260123456789012',
  details: {},
  actor: { kind: 'key', id: 'k3Jd82hsLq0P', name: 'till', address: '127.0.0.1' },
  request_id: 'f3b1c2d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
};
