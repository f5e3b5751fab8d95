-- Messages of one payment are counted at each further one; and on SQLite, what is kept for ever cannot be replaced either.

CREATE INDEX gateway_events_by_payment ON gateway_events (payment_id, received_at_ms);

-- INSERT OR REPLACE takes the old row away without its DELETE trigger, unless each connection asks for that.
/* sqlite:
CREATE TRIGGER money_moves_keep_insert BEFORE INSERT ON money_moves
  WHEN EXISTS (SELECT 1 FROM money_moves WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'money_moves is append-only'); END;
CREATE TRIGGER day_closes_keep_insert BEFORE INSERT ON day_closes
  WHEN EXISTS (SELECT 1 FROM day_closes WHERE outlet_id = NEW.outlet_id AND business_day = NEW.business_day)
  BEGIN SELECT RAISE(ABORT, 'day_closes is append-only'); END;
*/
