-- People, devices and the one-time codes that let a device in; who was at work when.
CREATE TABLE staff (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('barista', 'manager', 'admin', 'owner')),
  outlet_ids TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  is_active BIGINT NOT NULL CHECK (is_active IN (0, 1))
);

CREATE TABLE devices (
  id TEXT NOT NULL PRIMARY KEY,
  outlet_id TEXT NOT NULL REFERENCES outlets (id),
  label TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'revoked')),
  pin_failures BIGINT NOT NULL DEFAULT 0,
  enrolled_at_ms BIGINT NOT NULL
);

-- Wrong PINs for one person on one device since that person's last right one there.
CREATE TABLE pin_failures (
  device_id TEXT NOT NULL REFERENCES devices (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  failures BIGINT NOT NULL,
  PRIMARY KEY (device_id, staff_id)
);

CREATE TABLE one_time_codes (
  code_hash TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'device')),
  outlet_id TEXT REFERENCES outlets (id),
  expires_at_ms BIGINT NOT NULL,
  used_at_ms BIGINT
);
