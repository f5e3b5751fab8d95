-- From where a code was scanned, as a keyed fingerprint: a flood from one place must not push out who scanned from others.
ALTER TABLE scans ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX scans_by_origin ON scans (table_id, origin, at_ms);
DROP INDEX scans_by_table;
