import type { NetworkView } from '../../../contract/network.ts';

const byDefault = { source: 'default', editable: true } as const;

export const networkExample: NetworkView = {
  host: { value: '0.0.0.0', running: '127.0.0.1', source: 'stored', editable: true },
  port: { value: 8026, running: 8026, source: 'flag', editable: false },
  https: { value: false, running: false, ...byDefault },
  allow_hosts: { value: [], running: [], ...byDefault },
  smpp_port: { value: 2775, running: 2775, source: 'stored', editable: true },
  smpp_host: { value: '127.0.0.1', running: '127.0.0.1', ...byDefault },
  smpp_any_sender: { value: false, running: false, ...byDefault },
  mail_port: { value: null, running: null, ...byDefault },
  mail_host: { value: '127.0.0.1', running: '127.0.0.1', ...byDefault },
  mail_domain: { value: 'sms.local', running: 'sms.local', ...byDefault },
  certificate_sha256: null,
  restart_needed: true,
  can_restart: true,
};
