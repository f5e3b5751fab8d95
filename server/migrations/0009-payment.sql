-- Bills, payments and refunds; what gateways said, what they are still to be asked; and every move of money, once and for ever.

-- The charges that held when the order was placed: a bill charges by them again when a discount is given.
ALTER TABLE orders ADD COLUMN charges TEXT;

CREATE TABLE outlet_numbers (
  outlet_id TEXT NOT NULL PRIMARY KEY REFERENCES outlets (id),
  number BIGINT NOT NULL UNIQUE
);

CREATE TABLE bills (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  visit_id TEXT UNIQUE REFERENCES visits (id),
  status TEXT NOT NULL CHECK (status IN ('open', 'paid', 'closed', 'void')),
  -- Towards the bill, without tips and cash rounding: what the visit no longer owes.
  paid_rp BIGINT NOT NULL CHECK (paid_rp >= 0),
  opened_at_ms BIGINT NOT NULL
);

CREATE TABLE payments (
  id TEXT NOT NULL PRIMARY KEY,
  bill_id TEXT NOT NULL REFERENCES bills (id),
  outlet_id TEXT NOT NULL,
  -- The phone that pays; null when staff took it.
  customer_id TEXT,
  provider TEXT NOT NULL,
  status TEXT NOT NULL,
  asked_rp BIGINT NOT NULL CHECK (asked_rp >= 0),
  -- Our id of the present try to get a code, and the provider's of what it made of it.
  reference TEXT,
  provider_ref TEXT,
  tries BIGINT NOT NULL DEFAULT 0,
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT,
  looks BIGINT NOT NULL DEFAULT 0,
  looked_at_ms BIGINT NOT NULL DEFAULT 0,
  -- What the provider said when it was last asked, for the day's comparison.
  provider_status TEXT,
  provider_received_rp BIGINT,
  provider_refunded_rp BIGINT,
  provider_asked_at_ms BIGINT,
  UNIQUE (provider, provider_ref),
  UNIQUE (reference)
);
CREATE INDEX payments_by_bill ON payments (bill_id);
CREATE INDEX payments_pending ON payments (expires_at_ms) WHERE status = 'pending';
CREATE INDEX payments_by_time ON payments (outlet_id, created_at_ms);

CREATE TABLE refunds (
  id TEXT NOT NULL PRIMARY KEY,
  payment_id TEXT NOT NULL REFERENCES payments (id),
  outlet_id TEXT NOT NULL,
  amount_rp BIGINT NOT NULL CHECK (amount_rp > 0),
  stage TEXT NOT NULL,
  requested_at_ms BIGINT NOT NULL
);
CREATE INDEX refunds_by_payment ON refunds (payment_id);

-- Of a bill, or of one payer's part of it.
CREATE TABLE payment_codes (
  code TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  bill_id TEXT NOT NULL,
  payment_id TEXT
);

-- The static code as a manager last approved it; one that reads differently is not drawn.
CREATE TABLE approved_codes (
  outlet_id TEXT NOT NULL PRIMARY KEY REFERENCES outlets (id),
  payload_mark TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);

-- Proven messages of gateways exactly as they came, in base64; a copy of a known one is not stored again.
CREATE TABLE gateway_events (
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  payment_id TEXT,
  claimed_status TEXT NOT NULL,
  claimed_rp BIGINT NOT NULL,
  body TEXT NOT NULL,
  received_at_ms BIGINT NOT NULL,
  copies BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (provider, event_id)
);

-- What a gateway is to be asked, outside any transaction, until it has answered.
CREATE TABLE gateway_tasks (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('create', 'status', 'expire', 'refund')),
  payment_id TEXT NOT NULL REFERENCES payments (id),
  refund_id TEXT,
  attempts BIGINT NOT NULL DEFAULT 0,
  next_at_ms BIGINT NOT NULL,
  -- Raised whenever it is asked for again, so that an answer to an earlier question does not end it.
  round BIGINT NOT NULL DEFAULT 0,
  trouble TEXT
);
CREATE INDEX gateway_tasks_due ON gateway_tasks (next_at_ms);

-- The practice gateway's own book; it moves no money.
CREATE TABLE practice_payments (
  id TEXT NOT NULL PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  amount_rp BIGINT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'expired', 'cancelled')),
  -- JSON list of {amountRp, atMs}.
  receipts TEXT NOT NULL,
  -- JSON list of {key, amountRp}.
  refunds TEXT NOT NULL,
  expires_at_ms BIGINT NOT NULL
);

-- Every move of money and every correction by hand: who, on which device, why, by which command.
CREATE TABLE money_moves (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL,
  business_day TEXT NOT NULL,
  kind TEXT NOT NULL,
  bill_id TEXT,
  payment_id TEXT,
  refund_id TEXT,
  method TEXT,
  provider TEXT,
  provider_ref TEXT,
  -- Into the house above zero, out of it below.
  amount_rp BIGINT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT,
  approved_by TEXT,
  device_id TEXT,
  reason TEXT NOT NULL,
  command_id TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);
CREATE INDEX money_moves_by_day ON money_moves (outlet_id, business_day, at_ms);
CREATE INDEX money_moves_by_payment ON money_moves (payment_id);

CREATE TABLE day_closes (
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  business_day TEXT NOT NULL,
  expected_cash_rp BIGINT NOT NULL,
  counted_cash_rp BIGINT NOT NULL,
  -- JSON of the sums for each method as they were then.
  sums TEXT NOT NULL,
  note TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  device_id TEXT,
  command_id TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (outlet_id, business_day)
);

/* sqlite:
CREATE TRIGGER money_moves_keep_update BEFORE UPDATE ON money_moves
  BEGIN SELECT RAISE(ABORT, 'money_moves is append-only'); END;
CREATE TRIGGER money_moves_keep_delete BEFORE DELETE ON money_moves
  BEGIN SELECT RAISE(ABORT, 'money_moves is append-only'); END;
CREATE TRIGGER day_closes_keep_update BEFORE UPDATE ON day_closes
  BEGIN SELECT RAISE(ABORT, 'day_closes is append-only'); END;
CREATE TRIGGER day_closes_keep_delete BEFORE DELETE ON day_closes
  BEGIN SELECT RAISE(ABORT, 'day_closes is append-only'); END;
*/
/* postgres:
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER money_moves_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON money_moves
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER day_closes_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON day_closes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
*/
