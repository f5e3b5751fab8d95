-- From where an order came that waits for its money or for a first look, as a keyed fingerprint and only while it waits: who floods the places from one address gives way first.
ALTER TABLE awaited_orders ADD COLUMN origin TEXT;
ALTER TABLE pickups ADD COLUMN origin TEXT;
