-- Pick-ups by what is asked of them: which are open, when they are fetched, how much of the bar they take; and orders that wait for their money.
CREATE TABLE pickups (
  order_id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  business_day TEXT NOT NULL,
  code TEXT NOT NULL,
  status TEXT NOT NULL,
  -- Until it is handed over, given up or refused.
  is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
  -- A barista's work in half minutes, the smallest that there is.
  half_minutes BIGINT NOT NULL,
  placed_at_ms BIGINT NOT NULL,
  pickup_at_ms BIGINT NOT NULL,
  start_at_ms BIGINT NOT NULL,
  first_promised_at_ms BIGINT,
  ready_at_ms BIGINT
) /* sqlite: WITHOUT ROWID */;
-- Two people at the counter must not be called by one number.
CREATE UNIQUE INDEX pickups_open_by_code ON pickups (outlet_id, code) WHERE is_open = 1;
CREATE INDEX pickups_by_customer ON pickups (customer_id, placed_at_ms);
CREATE INDEX pickups_by_visit ON pickups (visit_id);
CREATE INDEX pickups_by_day ON pickups (outlet_id, business_day);

-- Which outlets take money first, for which kind of order, and for how long they wait for it.
CREATE TABLE pay_first (
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  order_type TEXT NOT NULL CHECK (order_type IN ('table', 'pickup')),
  minutes BIGINT NOT NULL,
  PRIMARY KEY (outlet_id, order_type)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE awaited_orders (
  order_id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  order_type TEXT NOT NULL,
  until_ms BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX awaited_orders_due ON awaited_orders (until_ms);
CREATE INDEX awaited_orders_by_visit ON awaited_orders (visit_id, customer_id);
CREATE INDEX awaited_orders_by_outlet ON awaited_orders (outlet_id, order_type);

-- What the bar is at now; a new order is in neither state, so it costs nothing to place one.
CREATE INDEX orders_at_work ON orders (outlet_id) WHERE status IN ('accepted', 'preparing');
