-- What a bill still owes, so that one whose party has gone is known from one that was settled; and what is heard again of gateways.
ALTER TABLE bills ADD COLUMN remainder_rp BIGINT NOT NULL DEFAULT 0;

CREATE INDEX payments_at_gateways ON payments (created_at_ms) WHERE provider <> 'manual' AND reference IS NOT NULL;
