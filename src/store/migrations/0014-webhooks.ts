/**
 * Webhooks, what waits to be delivered to them and what became of each attempt. `events` of a webhook lists its types
 * between commas. `message_id` of a delivery is there where its event tells of a message: those keep their order.
 */
export const webhooks = `
CREATE TABLE webhooks (
  webhook_id        TEXT PRIMARY KEY,
  url               TEXT NOT NULL,
  label             TEXT NOT NULL,
  events            TEXT NOT NULL,
  sealed_secret     TEXT NOT NULL,
  sealed_previous   TEXT,
  previous_until    INTEGER,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  deleted_at        INTEGER
) STRICT;

CREATE TABLE deliveries (
  delivery_seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_id   TEXT NOT NULL UNIQUE,
  webhook_id    TEXT NOT NULL REFERENCES webhooks (webhook_id),
  event_id      TEXT NOT NULL,
  event_type    TEXT NOT NULL,
  message_id    TEXT,
  body          TEXT NOT NULL,
  state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given_up')),
  attempts      INTEGER NOT NULL DEFAULT 0,
  due_at        INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  ended_at      INTEGER,
  redelivery_of TEXT,
  test          INTEGER NOT NULL DEFAULT 0 CHECK (test IN (0, 1))
) STRICT;
CREATE INDEX deliveries_due ON deliveries (webhook_id, due_at, delivery_seq) WHERE state = 'waiting';
CREATE INDEX deliveries_of_webhook ON deliveries (webhook_id, delivery_seq);
CREATE INDEX deliveries_by_state ON deliveries (webhook_id, state, delivery_seq);
CREATE INDEX deliveries_of_message ON deliveries (message_id, delivery_seq) WHERE message_id IS NOT NULL;
CREATE INDEX deliveries_age ON deliveries (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE delivery_attempts (
  attempt_id   INTEGER PRIMARY KEY,
  delivery_seq INTEGER NOT NULL REFERENCES deliveries (delivery_seq) ON DELETE CASCADE,
  at           INTEGER NOT NULL,
  duration_ms  INTEGER NOT NULL,
  status       INTEGER,
  response     TEXT NOT NULL,
  error        TEXT
) STRICT;
CREATE INDEX attempts_of_delivery ON delivery_attempts (delivery_seq);
`;
