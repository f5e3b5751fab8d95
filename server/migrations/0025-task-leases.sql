-- Who has a question to a gateway in hand, and until when by the clock that all servers share: each server's
-- own let another ask for the same refund at the same time.
ALTER TABLE gateway_tasks ADD COLUMN lease_owner TEXT;
ALTER TABLE gateway_tasks ADD COLUMN leased_until_ms BIGINT NOT NULL DEFAULT 0;
