import pg from 'pg'
import sql, { type Sql } from 'sql-template-tag'
import type { Clock } from '../../clock.ts'
import { startAnewSql, startBeyond } from '../anew.ts'
import type { Database, Reader } from '../database.ts'
import { migrate } from '../migrate.ts'
import { forgetSharedRecords } from '../shared-records.ts'

function readerOf(client: pg.Client): Reader {
  const all = async <Row>({ text, values }: Sql) => (await client.query(text, values)).rows as Row[]
  return { all, get: async <Row>(query: Sql) => (await all<Row>(query))[0] }
}

/**
 * Phones and boards remember how far they have read. What a shop that was put back from a copy does next would
 * get numbers that they take for known. PostgreSQL's own tools put it back, which know nothing of that; so the
 * database carries a note of where it lives, and a start that finds it elsewhere moves the streams beyond any
 * number that was given: every reader starts anew. Answers whether it did. Without a note it is the first start
 * of a version that makes one, and not a copy: nobody has read further than it goes; unless a server that runs
 * knows the place from before.
 */
export async function startStreamsAnewIfRestored(
  url: string,
  nowMs: number,
  knownPlace: string | null = null,
): Promise<boolean> {
  // Of its own, without the limits on time of the others: years of changes are looked through in one transaction.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(
      `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
       LOCK TABLE writer_turn IN EXCLUSIVE MODE`,
    )
    const place = await readPlace(readerOf(client))
    const note = await readNote(readerOf(client))
    const before = note ?? knownPlace
    const wasRestored = before !== null && before !== place
    if (wasRestored) await startStreamsAnew(client, nowMs)
    if (note !== place) await client.query(`COMMENT ON TABLE changes IS ${client.escapeLiteral(place)}`)
    await client.query('COMMIT')
    return wasRestored
  } finally {
    await client.end()
  }
}

/**
 * Sees that the database was replaced while this server runs: a standby without the last orders took over, or a
 * copy was put in its place. Each server on it does what a start does; the first that comes moves the numbers,
 * and `onAnew` is for all to forget what they know and to have their readers begin anew.
 */
export function createPlaceWatch(database: Database, url: string, clock: Clock, onAnew: () => void) {
  let known: string | null = null
  return {
    async look(): Promise<void> {
      const place = await readPlace(database.read)
      known ??= (await readNote(database.read)) ?? place
      if (place === known) return
      await migrate(database)
      await startStreamsAnewIfRestored(url, clock.now(), known)
      // Some connections may still lead to what was there before.
      database.reconnect?.()
      forgetSharedRecords()
      known = place
      onAnew()
    },
  }
}

/**
 * What this very database has in common with no copy of it: its number and its table's on this cluster, which
 * pg_restore makes anew; and the cluster's own with its timeline, which a return to an earlier moment, or a
 * standby that takes over, begins anew. Where this user may not ask for those, the former must do.
 */
async function readPlace(reader: Reader): Promise<string> {
  const here = await reader.get<{ place: string; is_told: boolean }>(sql`
    SELECT (SELECT oid FROM pg_database WHERE datname = current_database()) || '.' || 'changes'::regclass::oid AS place,
      has_function_privilege('pg_control_system()', 'EXECUTE')
        AND has_function_privilege('pg_walfile_name(pg_lsn)', 'EXECUTE') AS is_told`)
  const place = here?.place ?? ''
  if (!here?.is_told) return place
  // Not the checkpoint's timeline: that is the former one for minutes after a standby has taken over.
  const cluster = await reader.get<{ name: string }>(sql`
    SELECT system_identifier || '.' || ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int AS name
    FROM pg_control_system()`)
  return `${place}.${cluster?.name}`
}

/** The note is a comment on the table: it goes with every copy that is not made without comments. */
async function readNote(reader: Reader): Promise<string | null> {
  const row = await reader.get<{ note: string | null }>(
    sql`SELECT obj_description('changes'::regclass, 'pg_class') AS note`,
  )
  return row?.note ?? null
}

/** What a page brings by itself, an outlet's own records, is not read as a stream: there the `rev` must win. */
async function startStreamsAnew(client: pg.Client, nowMs: number): Promise<void> {
  const longest = await client.query<{ seq: string | number | null }>('SELECT MAX(seq) AS seq FROM changes')
  const beyond = startBeyond(Number(longest.rows[0]?.seq ?? 0), nowMs)
  const { rows } = await client.query<{ kind: string; id: string; rev: string | number; body: string }>(`
    SELECT kind, id, rev, body FROM records
    WHERE (kind, id) IN (SELECT kind, record_id FROM changes WHERE stream LIKE 'outlet:%')`)
  for (const { kind, id, rev, body } of rows) {
    const record = { ...(JSON.parse(body) as object), rev: Number(rev) + beyond }
    await client.query('UPDATE records SET rev = $3, body = $4 WHERE kind = $1 AND id = $2', [
      kind,
      id,
      record.rev,
      JSON.stringify(record),
    ])
  }
  const { moveNewest, tellReaders } = startAnewSql('$1')
  await client.query(moveNewest, [beyond])
  await client.query(tellReaders, [beyond])
}
