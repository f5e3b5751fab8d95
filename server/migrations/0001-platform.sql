-- What every feature stands on: who speaks, what was asked, what is so, and in which order it became so.
CREATE TABLE writer_turn (unused BIGINT);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('customer', 'device', 'staff')),
  subject_id TEXT NOT NULL,
  device_id TEXT,
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT NOT NULL,
  revoked_at_ms BIGINT
);
CREATE INDEX sessions_by_subject ON sessions (subject_id);
CREATE INDEX sessions_by_device ON sessions (device_id) WHERE device_id IS NOT NULL;
CREATE INDEX sessions_by_revocation ON sessions (revoked_at_ms);

CREATE TABLE commands (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  actor TEXT NOT NULL,
  fingerprints TEXT NOT NULL,
  answer TEXT NOT NULL,
  at_ms BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE records (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  rev BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE TABLE changes (
  stream TEXT NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE pruned_streams (
  stream TEXT NOT NULL PRIMARY KEY,
  below_seq BIGINT NOT NULL
);

CREATE TABLE outlets (
  id TEXT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE
) /* sqlite: WITHOUT ROWID */;
