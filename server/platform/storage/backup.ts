import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import {
  bytesOf,
  databaseFile,
  fileTrouble,
  needRoom,
  openReadOnly,
  StorageTaskError,
  syncToDisk,
  timeInName,
} from './sqlite-file.ts'

export const backupFolder = (dataDir: string) => join(dataDir, 'backups')

/** Where a backup goes when no file is named. */
export function backupName(dataDir: string, nowMs: number): string {
  return join(backupFolder(dataDir), `meja-${timeInName(nowMs)}.db`)
}

/**
 * Copies the database of `dataDir` into one new file as it is at one moment, also while a server writes;
 * answers its size in bytes once it was checked whole and is on the disk. Nothing stands under the name
 * `file` before that. Only whoever runs this may read the copy.
 */
export async function backUpSqlite(dataDir: string, file: string): Promise<number> {
  const source = databaseFile(dataDir)
  if (!existsSync(source)) {
    throw new StorageTaskError(`There is no database in ${dataDir}. Check DATA_DIR.`)
  }
  if (existsSync(file)) throw new StorageTaskError(`${file} is there already. Give the backup another name.`)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  needRoom(file, bytesOf(source) + bytesOf(`${source}-wal`))
  const part = `${file}.part`
  rmSync(part, { force: true })
  closeSync(openSync(part, 'wx', 0o600))
  try {
    await copyAtOneMoment(source, part)
    const trouble = finish(part)
    if (trouble) throw new StorageTaskError(`The copy is no backup: ${trouble}. Run "npm run doctor".`)
    syncToDisk(part)
    renameSync(part, file)
    syncToDisk(dirname(file))
    return bytesOf(file)
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true })
  }
}

async function copyAtOneMoment(source: string, to: string): Promise<void> {
  const connection = openReadOnly(source)
  try {
    // All pages in one step, under one read transaction: a copy in small steps begins anew at each write of
    // the server, and under load never ends.
    await connection.backup(to, { progress: () => Number.MAX_SAFE_INTEGER })
  } finally {
    connection.close()
  }
}

/** One file that needs no other beside it; answers what is wrong with it, or null. */
function finish(path: string): string | null {
  const connection = new BetterSqlite3(path)
  try {
    connection.pragma('journal_mode = DELETE')
    return fileTrouble(connection)
  } finally {
    connection.close()
  }
}
