import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { makePrivateFile } from '../storage/make-folder.ts'
import { StorageBrokenError } from './database.ts'

/** A sentence's subject for whoever holds the folder, as far as it left its name there. */
function ownerOf(pidFile: string): string {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'))
    return Number.isSafeInteger(pid) && pid > 0 ? `process ${pid}` : 'another server'
  } catch {
    return 'another server'
  }
}

/**
 * Takes `dataDir` for this process alone and answers how to give it back; two processes on one database
 * would each believe to be the only writer. The operating system holds the lock, on an empty file that
 * SQLite never writes, and lets go when the process ends, however it ends. A process number in a file says
 * too little: after a power cut another program may own it, and in two containers both servers are number 1.
 */
export function lockFolder(dataDir: string): () => void {
  const pidFile = join(dataDir, 'meja.pid')
  const path = join(dataDir, 'meja-lock.db')
  makePrivateFile(path)
  const holder = new BetterSqlite3(path, { timeout: 0 })
  try {
    holder.pragma('journal_mode = OFF')
    holder.exec('BEGIN EXCLUSIVE')
    writeFileSync(pidFile, String(process.pid))
  } catch (error) {
    holder.close()
    const isHeld = error instanceof BetterSqlite3.SqliteError && error.code === 'SQLITE_BUSY'
    if (!isHeld && error instanceof BetterSqlite3.SqliteError) {
      throw new StorageBrokenError(
        `DATA_DIR "${dataDir}" cannot be locked (${error.message}); look whether there is room, and whether this user may make files there.`,
        {
          cause: error,
        },
      )
    }
    if (!isHeld) throw error
    throw new StorageBrokenError(
      `DATA_DIR "${dataDir}" is in use by ${ownerOf(pidFile)}. Stop it, or give this server another folder.`,
    )
  }
  return () => {
    rmSync(pidFile, { force: true })
    holder.close()
  }
}
