-- Orders by what is asked of them most: a visit's total, what waits for presence, the bar's queue; and every move anybody made.
CREATE TABLE order_numbers (
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  business_day TEXT NOT NULL,
  last_number BIGINT NOT NULL,
  PRIMARY KEY (outlet_id, business_day)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE orders (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL,
  visit_id TEXT NOT NULL REFERENCES visits (id),
  -- No reference: it would have to be searched for in all orders whenever a phone is forgotten.
  customer_id TEXT NOT NULL,
  business_day TEXT NOT NULL,
  number BIGINT NOT NULL,
  status TEXT NOT NULL,
  is_present BIGINT NOT NULL CHECK (is_present IN (0, 1)),
  total_rp BIGINT NOT NULL CHECK (total_rp >= 0),
  placed_at_ms BIGINT NOT NULL,
  UNIQUE (outlet_id, business_day, number)
) /* sqlite: WITHOUT ROWID */;
-- Holds all that a visit's totals need, so that they are summed without touching the orders.
CREATE INDEX orders_by_visit ON orders (visit_id, status, is_present, customer_id, total_rp);

-- Who did what to an order, and when; never changed, never deleted.
CREATE TABLE order_moves (
  order_id TEXT NOT NULL REFERENCES orders (id),
  number BIGINT NOT NULL,
  what TEXT NOT NULL,
  actor TEXT NOT NULL,
  device_id TEXT,
  at_ms BIGINT NOT NULL,
  command_id TEXT NOT NULL,
  PRIMARY KEY (order_id, number)
);
