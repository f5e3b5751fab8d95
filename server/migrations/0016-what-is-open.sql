-- What is open now is found without reading what ever was: pick-ups at the bar, codes in use, payments at gateways, what a day owes.
CREATE INDEX pickups_open ON pickups (outlet_id, status) WHERE is_open = 1;

CREATE INDEX codes_in_use ON codes (outlet_id) WHERE replaced_at_ms IS NULL;

-- By their state, which looks narrow to a planner that knows no numbers: else it reads all that ever went to a gateway.
CREATE INDEX payments_awaited ON payments (status) WHERE status = 'pending' AND provider <> 'manual' AND reference IS NOT NULL;

CREATE INDEX bills_owing ON bills (outlet_id, opened_at_ms) WHERE status IN ('open', 'closed') AND remainder_rp > 0;

CREATE INDEX visits_by_opening ON visits (outlet_id, opened_at_ms);

-- The practice gateway forgets its own by their end.
CREATE INDEX practice_payments_by_end ON practice_payments (expires_at_ms);
