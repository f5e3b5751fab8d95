-- What was paid for orders that are no longer owed, so that whoever closes the day sees what is to go back.
ALTER TABLE bills ADD COLUMN due_back_rp BIGINT NOT NULL DEFAULT 0;
CREATE INDEX bills_due_back ON bills (outlet_id, opened_at_ms) WHERE due_back_rp > 0;
