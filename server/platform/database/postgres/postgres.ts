import pg from 'pg'
import type { Sql } from 'sql-template-tag'
import {
  type Database,
  type Job,
  type Reader,
  type Settled,
  StorageBrokenError,
  StorageFullError,
  type Tx,
} from '../database.ts'
import { runJob } from '../group.ts'
import { forgetSharedRecords } from '../shared-records.ts'

const MAX_RETRIES = 5

// bigint columns hold epoch milliseconds and rupiah, all far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

type Queryable = { query(config: pg.QueryConfig): Promise<pg.QueryResult> }

/** A name for each statement text, so that the server prepares it once per connection. */
function statementNames() {
  const names = new Map<string, string>()
  return (text: string): string => {
    let name = names.get(text)
    if (!name) {
      name = `s${names.size}`
      names.set(text, name)
    }
    return name
  }
}

const nameOf = statementNames()

function explain(error: unknown): unknown {
  if (error instanceof StorageFullError || error instanceof StorageBrokenError) return error
  // Without a word of the database itself the way to it is broken: wait and try again.
  if (!(error instanceof pg.DatabaseError)) return new StorageFullError(String(error), { cause: error })
  // 53xxx: out of disk, memory or connections; 57xxx: shutting down, cancelled; 25006: read-only; 08xxx: connection.
  const isPassing = /^53|^57|^25006|^25P03|^08|^55P03/.test(error.code ?? '')
  return isPassing ? new StorageFullError(error.code, { cause: error }) : error
}

function access(queryable: Queryable): Tx {
  const query = async (q: Sql) => {
    try {
      return await queryable.query({ name: nameOf(q.text), text: q.text, values: q.values as unknown[] })
    } catch (error) {
      throw explain(error)
    }
  }
  return {
    get: async <Row>(q: Sql) => (await query(q)).rows[0] as Row | undefined,
    all: async <Row>(q: Sql) => (await query(q)).rows as Row[],
    run: async (q) => (await query(q)).rowCount ?? 0,
  }
}

type Pools = { readonly readers: pg.Pool; readonly writers: pg.Pool }

function openPools(url: string): Pools {
  const settings = { connectionString: url, connectionTimeoutMillis: 5000, keepAlive: true }
  const readers = new pg.Pool({ ...settings, max: 8, statement_timeout: 10_000, query_timeout: 12_000 })
  // One lane for writes: every instance takes the same turn, so a wider pool would only wait.
  const writers = new pg.Pool({
    ...settings,
    max: 1,
    idle_in_transaction_session_timeout: 10_000,
    // A connection that fell into a hole must not hold every write until the kernel gives up on it.
    statement_timeout: 15_000,
    query_timeout: 20_000,
  })
  for (const each of [readers, writers]) each.on('error', () => {})
  return { readers, writers }
}

async function endPools({ readers, writers }: Pools): Promise<void> {
  await Promise.all([readers.end(), writers.end()])
}

/** Connects to PostgreSQL and refuses a server that would lose acknowledged orders. */
export async function openPostgres(url: string): Promise<Database> {
  let pools = openPools(url)
  try {
    await refuseUnsafeSettings(pools.readers)
  } catch (error) {
    await endPools(pools)
    const why = (error as { code?: string }).code ?? (error instanceof Error ? error.message : String(error))
    throw new StorageBrokenError(`DATABASE_URL: this PostgreSQL cannot be used (${why}).`, { cause: error })
  }
  const read: Reader = access({ query: (config) => pools.readers.query(config) })
  return {
    dialect: 'postgres',
    read,
    runGroup: (jobs) => withRetries(() => runGroup(pools.writers, jobs)),
    alone: (work) => runAlone(url, work),
    script: (sql) => runScript(url, sql),
    reconnect: () => {
      // Whoever holds one of the former connections gives it back there, where it is then ended.
      endPools(pools).catch(() => {})
      pools = openPools(url)
    },
    close: () => endPools(pools),
  }
}

async function refuseUnsafeSettings(pool: pg.Pool): Promise<void> {
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const { rows } = await pool.query(`SHOW ${name}`)
    if (Object.values(rows[0] ?? {})[0] === 'off') {
      throw new Error(`${name} is off and would lose orders; turn it on`)
    }
  }
}

/** Any number that nothing else on the database is locked by: "meja" in ASCII. */
const START_LOCK = 0x6d656a61

/**
 * On a connection of its own, which may wait longer than a statement may take; within a transaction, since a
 * pooler between may give the next statement to another connection.
 */
async function runAlone<Value>(url: string, work: () => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(
      `BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0;
       SELECT pg_advisory_xact_lock(${START_LOCK})`,
    )
    return await work()
  } finally {
    // Whatever the lock is held by ends with its connection.
    await client.end()
  }
}

/**
 * On a connection of its own without limits on time: an index over years takes longer than any statement of
 * the shop may, and a start that gives up on it each time would never come up.
 */
async function runScript(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(
      `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; ${sql}; COMMIT`,
    )
  } finally {
    // What was begun and not committed is taken back with the connection.
    await client.end()
  }
}

async function runGroup(writers: pg.Pool, jobs: readonly Job<unknown>[]): Promise<Settled[]> {
  const client = await writers.connect().catch((error) => {
    throw explain(error)
  })
  const tx = access(client)
  const exec = (text: string) => client.query(text)
  const marks = {
    begin: () => exec('SAVEPOINT job'),
    release: () => exec('RELEASE SAVEPOINT job'),
    rollback: () => exec('ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job'),
  }
  // The pool listens only while a connection is idle; one that dies at work would end the process.
  const ignore = () => {}
  client.on('error', ignore)
  let isHealthy = false
  try {
    // LOCK TABLE takes no snapshot, so the serializable snapshot is made after the turn was won:
    // instances queue for the turn instead of failing each other with 40001, and sequence numbers
    // of a stream become visible in their order.
    await exec('BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE writer_turn IN EXCLUSIVE MODE')
    const settled: Settled[] = []
    for (const job of jobs) settled.push(await runJob(tx, job, marks))
    await exec('COMMIT')
    isHealthy = true
    return settled
  } catch (error) {
    await exec('ROLLBACK').then(
      () => {
        isHealthy = true
      },
      () => {},
    )
    throw explain(error)
  } finally {
    client.off('error', ignore)
    client.release(!isHealthy)
  }
}

function isRetryable(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code
  return code === '40001' || code === '40P01'
}

async function withRetries<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isRetryable(error) || tries >= MAX_RETRIES) throw error
      forgetSharedRecords()
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries))
    }
  }
}
