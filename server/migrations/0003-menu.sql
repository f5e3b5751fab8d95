-- One menu document for each outlet, and what is sold out there now.
CREATE TABLE menus (
  outlet_id TEXT NOT NULL PRIMARY KEY REFERENCES outlets (id),
  version BIGINT NOT NULL CHECK (version > 0)
);

CREATE TABLE sold_out_items (
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  item_id TEXT NOT NULL,
  ends_at_ms BIGINT,
  PRIMARY KEY (outlet_id, item_id)
);
