-- Tables count the phones whose first contact they were, like other codes; what is still known of earlier ones is where they start.
UPDATE records SET rev = rev + 1,
  body = '{"id":"' || records.id || '","rev":' || (records.rev + 1)
    || substr(substr(records.body, 1, length(records.body) - 1), length('{"id":"' || records.id || '","rev":' || records.rev) + 1)
    || ',"contacts":' || (
      SELECT COUNT(*) FROM codes JOIN customers ON customers.first_token = codes.token
      WHERE codes.table_id = records.id) || '}'
WHERE kind = 'table' AND id IN (
  SELECT codes.table_id FROM codes JOIN customers ON customers.first_token = codes.token);

-- Managers' pages that are open hear of it.
INSERT INTO changes (stream, seq, kind, record_id)
SELECT told.stream,
  COALESCE((SELECT MAX(before.seq) FROM changes AS before WHERE before.stream = told.stream), 0)
    + ROW_NUMBER() OVER (PARTITION BY told.stream ORDER BY told.table_id),
  'table', told.table_id
FROM (
  SELECT DISTINCT 'desk:' || tables.outlet_id AS stream, tables.id AS table_id
  FROM tables JOIN codes ON codes.table_id = tables.id JOIN customers ON customers.first_token = codes.token
) AS told
