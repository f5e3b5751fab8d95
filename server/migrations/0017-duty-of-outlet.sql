-- Who is at work is said for each outlet: with one record for all, whoever left one was gone from the boards of the others.

-- From the sessions that live; the name comes from the old record as it is written there, and the time is the session's.
INSERT INTO records (kind, id, rev, body)
SELECT 'duty', work.duty_id, 1,
  '{"id":"' || work.duty_id || '","rev":1'
  || replace(substr(rtrim(records.body, '0123456789}'), length('{"id":"' || records.id || '","rev":' || records.rev) + 1),
       '"isOn":false', '"isOn":true')
  || work.since_ms || '}'
FROM (
  SELECT devices.outlet_id || '.' || sessions.subject_id AS duty_id, sessions.subject_id AS staff_id,
    MAX(sessions.created_at_ms) AS since_ms
  FROM sessions JOIN devices ON devices.id = sessions.device_id
  WHERE sessions.kind = 'staff' AND sessions.revoked_at_ms IS NULL AND devices.state = 'active'
  GROUP BY devices.outlet_id, sessions.subject_id
) AS work
JOIN records ON records.kind = 'duty' AND records.id = work.staff_id;

-- Boards that are open with the program of before hear that the old ones are over.
UPDATE records SET rev = rev + 1,
  body = '{"id":"' || id || '","rev":' || (rev + 1)
    || replace(substr(body, length('{"id":"' || id || '","rev":' || rev) + 1), '"isOn":true', '"isOn":false')
WHERE kind = 'duty' AND id LIKE 'stf%';

INSERT INTO changes (stream, seq, kind, record_id)
SELECT told.stream,
  (SELECT MAX(before.seq) FROM changes AS before WHERE before.stream = told.stream)
    + ROW_NUMBER() OVER (PARTITION BY told.stream ORDER BY told.record_id),
  'duty', told.record_id
FROM (
  SELECT DISTINCT stream, record_id FROM changes WHERE kind = 'duty'
  UNION ALL
  SELECT 'desk:' || substr(id, 1, 30), id FROM records WHERE kind = 'duty' AND id LIKE 'out%'
) AS told
