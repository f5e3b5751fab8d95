import pg from 'pg'

/**
 * Phones and boards remember how far they have read. What a shop that was put back from a copy does next would
 * get numbers that they take for known. PostgreSQL's own tools put it back, which know nothing of that; so the
 * database carries a note of where it lives, and a start that finds it elsewhere moves all numbers beyond any
 * that were given: every reader starts anew. Answers whether it did.
 */
export async function startStreamsAnewIfRestored(url: string, nowMs: number): Promise<boolean> {
  // Of its own, without the limits on time of the others: years of changes are moved in one transaction.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(
      `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
       LOCK TABLE writer_turn IN EXCLUSIVE MODE`,
    )
    const place = await readPlace(client)
    const { note, isEmpty } = await readNote(client)
    const wasRestored = note !== place && !isEmpty
    if (wasRestored) await startStreamsAnew(client, nowMs)
    if (note !== place) await client.query(`COMMENT ON TABLE changes IS ${client.escapeLiteral(place)}`)
    await client.query('COMMIT')
    return wasRestored
  } finally {
    await client.end()
  }
}

/**
 * What this very database has in common with no copy of it: its number and its table's on this cluster, which
 * pg_restore makes anew; and the cluster's own with its timeline, which a return to an earlier moment, or a
 * standby that takes over, begins anew. Where this user may not ask for those, the former must do.
 */
async function readPlace(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ place: string; isTold: boolean }>(`
    SELECT (SELECT oid FROM pg_database WHERE datname = current_database()) || '.' || 'changes'::regclass::oid AS place,
      has_function_privilege('pg_control_system()', 'EXECUTE')
        AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE') AS "isTold"`)
  const [{ place, isTold } = { place: '', isTold: false }] = rows
  if (!isTold) return place
  const cluster = await client.query<{ name: string }>(`
    SELECT system_identifier || '.' || timeline_id AS name FROM pg_control_system(), pg_control_checkpoint()`)
  return `${place}.${cluster.rows[0]?.name}`
}

/** The note is a comment on the table: it goes with every copy. A copy without its comments counts as one, too. */
async function readNote(client: pg.Client): Promise<{ note: string | null; isEmpty: boolean }> {
  const { rows } = await client.query<{ note: string | null; isEmpty: boolean }>(`
    SELECT obj_description('changes'::regclass, 'pg_class') AS note,
      NOT EXISTS (SELECT 1 FROM changes) AS "isEmpty"`)
  return rows[0] ?? { note: null, isEmpty: true }
}

/** What a page brings by itself, an outlet's own records, is not read as a stream: there the `rev` must win. */
async function startStreamsAnew(client: pg.Client, jump: number): Promise<void> {
  const { rows } = await client.query<{ kind: string; id: string; rev: string | number; body: string }>(`
    SELECT kind, id, rev, body FROM records
    WHERE (kind, id) IN (SELECT kind, record_id FROM changes WHERE stream LIKE 'outlet:%')`)
  for (const { kind, id, rev, body } of rows) {
    const record = { ...(JSON.parse(body) as object), rev: Number(rev) + jump }
    await client.query('UPDATE records SET rev = $3, body = $4 WHERE kind = $1 AND id = $2', [
      kind,
      id,
      record.rev,
      JSON.stringify(record),
    ])
  }
  await client.query('UPDATE changes SET seq = seq + $1', [jump])
  await client.query(
    `INSERT INTO pruned_streams (stream, below_seq) SELECT DISTINCT stream, CAST($1 AS BIGINT) FROM changes
     ON CONFLICT (stream) DO UPDATE SET below_seq = excluded.below_seq`,
    [jump + 1],
  )
}
