-- Visits, the phones in them, and the calls from a table.
CREATE TABLE visits (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  -- Null for a pick-up: one party that comes to fetch, of which many may be open.
  table_id TEXT REFERENCES tables (id),
  status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
  opened_at_ms BIGINT NOT NULL,
  last_active_at_ms BIGINT NOT NULL,
  cap_rp BIGINT NOT NULL CHECK (cap_rp >= 0)
) /* sqlite: WITHOUT ROWID */;
-- At most one open visit at a table.
CREATE UNIQUE INDEX visits_open_by_table ON visits (table_id) WHERE status = 'open';
CREATE INDEX visits_open_by_activity ON visits (last_active_at_ms) WHERE status = 'open';

CREATE TABLE visit_phones (
  visit_id TEXT NOT NULL REFERENCES visits (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  number BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asking', 'admitted', 'refused')),
  -- How often a barista found nobody there for an order of this phone.
  denials BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (visit_id, customer_id),
  UNIQUE (visit_id, number)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX visit_phones_by_customer ON visit_phones (customer_id);

-- Wrong words, counted for the phone, its table and the whole outlet; phones cost nothing to make.
CREATE TABLE word_tries (
  customer_id TEXT NOT NULL REFERENCES customers (id),
  table_id TEXT NOT NULL REFERENCES tables (id),
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  at_ms BIGINT NOT NULL
);
CREATE INDEX word_tries_by_customer ON word_tries (customer_id, at_ms);
CREATE INDEX word_tries_by_table ON word_tries (table_id, at_ms);
CREATE INDEX word_tries_by_outlet ON word_tries (outlet_id, at_ms);

-- When a phone asked to join the visit at a table: the numbers of phones are not given without end.
CREATE TABLE visit_asks (
  table_id TEXT NOT NULL REFERENCES tables (id),
  at_ms BIGINT NOT NULL
);
CREATE INDEX visit_asks_by_table ON visit_asks (table_id, at_ms);

CREATE TABLE calls (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  table_id TEXT NOT NULL REFERENCES tables (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  visit_id TEXT REFERENCES visits (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'done', 'withdrawn')),
  placed_at_ms BIGINT NOT NULL
);
CREATE INDEX calls_open_by_table ON calls (table_id) WHERE state IN ('open', 'taken');
CREATE INDEX calls_by_customer ON calls (customer_id, placed_at_ms);
