-- Pictures of items, re-encoded, as base64 text: small, in both databases, and part of every backup.
CREATE TABLE photos (
  id TEXT NOT NULL PRIMARY KEY,
  webp_base64 TEXT NOT NULL,
  added_at_ms BIGINT NOT NULL
);
