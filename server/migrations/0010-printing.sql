-- Receipts on their way to a printer: which are due, and for how long nobody else may take one up.

CREATE TABLE prints (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  bill_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'printed', 'failed')),
  -- Set while somebody prints it: found set after the lease, nobody knows whether it came out.
  is_begun BIGINT NOT NULL DEFAULT 0,
  next_at_ms BIGINT NOT NULL
);
CREATE INDEX prints_due ON prints (next_at_ms) WHERE state = 'waiting';
CREATE INDEX prints_by_bill ON prints (bill_id);
