import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Sql } from 'sql-template-tag'
import { makePrivateFile } from '../storage/make-folder.ts'
import {
  type Database,
  type Job,
  type Reader,
  type Settled,
  StorageBrokenError,
  StorageFullError,
  type Tx,
} from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { endsGroup, runJob, type SavepointMarks } from './group.ts'
import { forgetSharedRecords } from './shared-records.ts'

const MAX_LAST_SEQS = 50_000

type Statement = BetterSqlite3.Statement<unknown[], unknown>

/** Turns SQLite's own words about the disk into ours; anything else passes as it is. */
function explain(error: unknown): unknown {
  const code = error instanceof BetterSqlite3.SqliteError ? error.code : ''
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_READONLY')) {
    return new StorageFullError(code, { cause: error })
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') {
    return new StorageBrokenError(code, { cause: error })
  }
  return error
}

type Prepared = { readonly strings: readonly string[]; readonly statement: Statement }

// Found by the pieces of the text, which are the very same strings each time: joined and hashed anew for
// each of an order's fifteen statements they would cost as much as a look-up.
function statements(connection: BetterSqlite3.Database) {
  const prepared = new Map<string, Prepared[]>()
  return (query: Sql): Statement => {
    const { strings } = query
    const head = strings[0] ?? ''
    const alike = prepared.get(head)
    const known = alike?.find((each) => isSameText(each.strings, strings))
    if (known) return known.statement
    // A bare `?` in a condition is planned anew at each binding (SQLite's STAT4): ten times the work
    // of the look-up itself. Behind a plus, which changes no value, the plan is made once.
    const statement = connection.prepare<unknown[], unknown>(query.sql.replaceAll('?', '+?'))
    if (alike) alike.push({ strings, statement })
    else prepared.set(head, [{ strings, statement }])
    return statement
  }
}

function isSameText(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((piece, at) => piece === other[at])
}

type Access = Tx & { /** How many statements that write were begun. */ writes(): number }

function access(connection: BetterSqlite3.Database): Access {
  const prepare = statements(connection)
  let writes = 0
  // Settled at once and not `async`: fourteen statements an order, each of which would cost two more turns.
  const guarded = <Value>(query: Sql, use: (statement: Statement) => Value): Promise<Value> => {
    try {
      const statement = prepare(query)
      if (!statement.readonly) {
        if (!connection.inTransaction) throw new Error('Only a group may write.')
        writes++
      }
      return Promise.resolve(use(statement))
    } catch (error) {
      return Promise.reject(explain(error))
    }
  }
  return {
    get: <Row>(query: Sql) => guarded(query, (s) => s.get(query.values) as Row | undefined),
    all: <Row>(query: Sql) => guarded(query, (s) => s.all(query.values) as Row[]),
    run: (query) => guarded(query, (s) => s.run(query.values).changes),
    writes: () => writes,
  }
}

// A reopened WAL database silently runs NORMAL, which loses acknowledged orders on power loss:
// the settings are made and read back on every connection.
function configure(connection: BetterSqlite3.Database, isWriter: boolean): void {
  if (isWriter) connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('journal_size_limit = 67108864')
  connection.pragma('cache_size = -16384')
  // What a savepoint must be able to take back stays in memory instead of a temporary file.
  connection.pragma('temp_store = MEMORY')
  // A page that many orders touch is copied into the database once in a while, not every 4 MB of log.
  connection.pragma('wal_autocheckpoint = 4000')
  const wrong =
    connection.pragma('synchronous', { simple: true }) !== 2 ||
    connection.pragma('foreign_keys', { simple: true }) !== 1 ||
    connection.pragma('journal_mode', { simple: true }) !== 'wal'
  if (wrong) throw new StorageBrokenError('The database does not keep its durability settings.')
}

/** Opens (or creates) `meja.db` in `dataDir`. Throws StorageBrokenError when the file is not usable. */
export function openSqlite(dataDir: string): Database {
  const unlock = lockFolder(dataDir)
  const path = join(dataDir, 'meja.db')
  let writer: BetterSqlite3.Database
  let reader: BetterSqlite3.Database
  try {
    makePrivateFile(path)
    writer = new BetterSqlite3(path)
    configure(writer, true)
    reader = new BetterSqlite3(path, { readonly: true })
    configure(reader, false)
  } catch (error) {
    unlock()
    const isDamaged =
      error instanceof BetterSqlite3.SqliteError && !(explain(error) instanceof StorageFullError)
    if (!isDamaged) throw explain(error)
    throw new StorageBrokenError(`DATA_DIR: ${path} cannot be used as the database (${error.message}).`, {
      cause: error,
    })
  }
  const lastSeqs = new Map<string, number>()
  const tx = { ...access(writer), lastSeqs }
  const read = reading(writer, tx, access(reader))
  const marks = savepointMarks(writer, lastSeqs)
  return {
    dialect: 'sqlite',
    read,
    runGroup: (jobs) => runGroup(writer, tx, marks, jobs),
    // The lock of the folder keeps every other server away.
    alone: (work) => work(),
    script: async (sql) => {
      writer.transaction(() => writer.exec(sql)).immediate()
    },
    close: async () => {
      reader.close()
      writer.close()
      unlock()
    },
  }
}

/**
 * Reads by the connection that writes: it alone still has its pages in memory after a commit. While a group is
 * under way, of which nobody may see anything yet, by the other.
 */
function reading(writer: BetterSqlite3.Database, same: Reader, aside: Reader): Reader {
  const present = () => (writer.inTransaction ? aside : same)
  return {
    get: (query) => present().get(query),
    all: (query) => present().all(query),
  }
}

/** The savepoint statements of the one writer, parsed once. */
function savepointMarks(writer: BetterSqlite3.Database, lastSeqs: Map<string, number>): SavepointMarks {
  const [begin, release, rollback] = ['SAVEPOINT job', 'RELEASE job', 'ROLLBACK TO job'].map((text) => {
    const statement = writer.prepare(text)
    return async () => {
      statement.run()
    }
  }) as [() => Promise<void>, () => Promise<void>, () => Promise<void>]
  return {
    begin,
    release,
    rollback: () => {
      lastSeqs.clear()
      return rollback().then(release)
    },
  }
}

/** Says that a job must be taken back alone, which only a savepoint can. */
class NeedsSavepointError extends Error {}

/** Runs one job in the group's transaction; what wrote nothing needs no taking back. */
async function runPlain(tx: Access, job: Job<unknown>): Promise<Settled> {
  const before = tx.writes()
  try {
    const outcome = await job(tx)
    if (!outcome.keep) {
      if (tx.writes() > before) throw new NeedsSavepointError()
      await outcome.instead?.(tx)
    }
    return { value: outcome.value }
  } catch (error) {
    if (endsGroup(error)) throw error
    if (tx.writes() > before) throw new NeedsSavepointError()
    return { error }
  }
}

async function runGroup(
  writer: BetterSqlite3.Database,
  tx: Access,
  marks: SavepointMarks,
  jobs: readonly Job<unknown>[],
): Promise<Settled[]> {
  if ((tx.lastSeqs?.size ?? 0) > MAX_LAST_SEQS) tx.lastSeqs?.clear()
  const attempt = async (run: (job: Job<unknown>) => Promise<Settled>): Promise<Settled[]> => {
    try {
      writer.exec('BEGIN IMMEDIATE')
      const settled: Settled[] = []
      for (const job of jobs) settled.push(await run(job))
      writer.exec('COMMIT')
      return settled
    } catch (error) {
      tx.lastSeqs?.clear()
      forgetSharedRecords()
      if (writer.inTransaction) writer.exec('ROLLBACK')
      throw explain(error)
    }
  }
  try {
    // Savepoints copy every page that a job touches; nearly always all that was written is kept.
    return await attempt((job) => runPlain(tx, job))
  } catch (error) {
    if (!(error instanceof NeedsSavepointError)) throw error
    return attempt((job) => runJob(tx, job, marks))
  }
}
