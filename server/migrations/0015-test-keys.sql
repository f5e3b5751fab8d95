-- What was paid with a provider's test key is no money: it must not be counted with what is.
ALTER TABLE payments ADD COLUMN is_test BIGINT NOT NULL DEFAULT 0;
