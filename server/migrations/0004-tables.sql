-- Tables and touchpoints, and every code that was ever printed for them: an old code must be recognised to be refused kindly.
CREATE TABLE tables (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  area_id TEXT NOT NULL,
  label TEXT NOT NULL,
  seats BIGINT NOT NULL CHECK (seats > 0),
  is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
  UNIQUE (outlet_id, label)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE touchpoints (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  kind TEXT NOT NULL,
  label TEXT NOT NULL
);

CREATE TABLE codes (
  token TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  table_id TEXT REFERENCES tables (id),
  touchpoint_id TEXT REFERENCES touchpoints (id),
  made_at_ms BIGINT NOT NULL,
  replaced_at_ms BIGINT,
  CHECK ((table_id IS NULL) <> (touchpoint_id IS NULL))
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX codes_by_table ON codes (table_id);
CREATE INDEX codes_by_touchpoint ON codes (touchpoint_id);

CREATE TABLE customers (
  id TEXT NOT NULL PRIMARY KEY,
  -- Null for a phone that came by a link.
  first_token TEXT REFERENCES codes (token),
  first_seen_at_ms BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX customers_by_first_token ON customers (first_token);

CREATE TABLE scans (
  customer_id TEXT NOT NULL REFERENCES customers (id),
  table_id TEXT NOT NULL REFERENCES tables (id),
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (customer_id, table_id)
);
CREATE INDEX scans_by_table ON scans (table_id, at_ms);
