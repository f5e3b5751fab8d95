-- What a manager approved, beside its mark, so that a code in doubt can be compared with it. It is believed only where the mark is its own.

ALTER TABLE approved_codes ADD COLUMN payload TEXT
