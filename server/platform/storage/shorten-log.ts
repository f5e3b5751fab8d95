import BetterSqlite3 from 'better-sqlite3'

const TRIES = 50
const PAUSE_MS = 2

/**
 * Brings the write-ahead log of the database at `path` into it and cuts it to nothing; false while a reader
 * or a writer needs it. Blocks its thread, which on a memory card may be for seconds.
 */
export function shortenLog(path: string): boolean {
  // Never waits inside SQLite: whoever waits there for the end of a reader keeps every writer out meanwhile.
  const connection = new BetterSqlite3(path, { timeout: 0, fileMustExist: true })
  try {
    connection.pragma('synchronous = FULL')
    const isDone = (mode: string) => {
      const [row] = connection.pragma(`wal_checkpoint(${mode})`) as { busy: number }[]
      return row?.busy === 0
    }
    // The long part keeps nobody out; what is left for the second is to cut the file.
    isDone('PASSIVE')
    for (let tries = 0; tries < TRIES; tries++) {
      if (isDone('TRUNCATE')) return true
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
    return false
  } finally {
    connection.close()
  }
}
