import type { Sql } from 'sql-template-tag'

/** Reads rows. Whole numbers come as numbers, in both databases. */
export interface Reader {
  get<Row>(query: Sql): Promise<Row | undefined>
  all<Row>(query: Sql): Promise<Row[]>
}

/** Reads and writes inside the transaction of one group. */
export interface Tx extends Reader {
  /** The last number of streams, where this process is the only writer; forgotten at every rollback. */
  readonly lastSeqs?: Map<string, number>
  /** Runs a statement; answers how many rows it changed. */
  run(query: Sql): Promise<number>
}

/**
 * One piece of work inside a group. `keep: false` takes back what `work` wrote; `instead` then runs
 * in the same transaction, so that a refusal can be recorded although its effects are gone.
 */
export type Job<Value> = (tx: Tx) => Promise<Outcome<Value>>
export type Outcome<Value> =
  | { readonly keep: true; readonly value: Value }
  | { readonly keep: false; readonly value: Value; readonly instead?: (tx: Tx) => Promise<void> }

/** What a job of a group came to; `error` means that only this job was taken back. */
export type Settled = { readonly value: unknown } | { readonly error: unknown }

/** The two databases: SQLite in a file, PostgreSQL behind a URL. Same SQL, same tests. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  readonly read: Reader
  /**
   * Runs the jobs one after another in one durable transaction, each under a savepoint.
   * Resolves only after COMMIT; rejects when nothing of the group is stored.
   */
  runGroup(jobs: readonly Job<unknown>[]): Promise<Settled[]>
  /** Runs `work` while no other server on this database runs one: what is done once at a start. */
  alone<Value>(work: () => Promise<Value>): Promise<Value>
  /** Runs a script of several statements in one transaction; for migrations. */
  script(sql: string): Promise<void>
  /** Leaves every connection, with what was prepared on it, for new ones; where there are connections. */
  reconnect?(): void
  close(): Promise<void>
}

/** The disk is full or read-only, or the database cannot be reached: nothing was stored, and trying later may help. */
export class StorageFullError extends Error {}

/**
 * What a passing trouble is called to whoever asked. Of what the database itself says, only 53100 (disk
 * full) and 25006 (read-only) concern its disk; the rest, and its silence, mean that it cannot be reached.
 */
export function storageRefusal({
  cause,
}: StorageFullError): 'server.storage_full' | 'server.storage_unreachable' {
  const code = (cause as { code?: string } | undefined)?.code ?? ''
  const isDisk = cause === undefined || /^(?:SQLITE_|53100$|25006$)/.test(code)
  return isDisk ? 'server.storage_full' : 'server.storage_unreachable'
}

/** The storage failed in a way after which its state is unknown; the process must stop. */
export class StorageBrokenError extends Error {}
