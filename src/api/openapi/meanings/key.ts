import type { ApiKey, NewKey } from '../../../contract/key.ts';
import type { Meanings } from './meanings.ts';

const shown: Meanings<ApiKey> = {
  id: 'Names the key; it is no secret.',
  name: 'What it is for.',
  prefix: 'Its first characters, to know it by.',
  scopes: 'What it may do.',
  created_at: 'When it was made.',
  expires_at: 'From when it is refused; null: never.',
  allowed_addresses: 'Where it may be used from; none: from everywhere.',
  requests_per_minute: 'How many requests it may make in a minute; null: as the gateway is set.',
  last_used_at: 'When it was used last, or null.',
  request_count: 'How many requests it has made.',
  revoked_at: 'When it was revoked, or null.',
};

export const keyMeanings = {
  NewKey: {
    name: 'What it is for.',
    scopes: 'What it may do; `sms:send` and `sms:read` unless said. `admin` is all of it.',
    expires_at: 'From when it is refused; null: never.',
    allowed_addresses:
      'Where it may be used from: addresses, or ranges such as `10.0.0.0/8`. None: from everywhere.',
    requests_per_minute: 'How many requests it may make in a minute; null: as the gateway is set.',
  } satisfies Meanings<NewKey>,
  ApiKey: shown,
  CreatedKey: { ...shown, key: 'The key itself. It is shown this once.' },
};
