import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { lockFolder } from '../folder-lock.ts'
import { type AppliedMigration, migrationTrouble, readMigrations } from '../migrate.ts'
import {
  bytesOf,
  databaseFile,
  fileTrouble,
  needRoom,
  StorageTaskError,
  syncToDisk,
  timeInName,
} from './sqlite-file.ts'

export type RestoreOptions = { readonly replace: boolean; readonly nowMs: number }

/**
 * Puts the backup `file` into the place of the database in `dataDir`, after checking a copy of it. The data
 * that was there is kept in a folder beside, which is the answer; null when there was none. Refuses while a
 * server runs on the folder, and to replace data unless `replace`.
 */
export function restoreSqlite(file: string, dataDir: string, options: RestoreOptions): string | null {
  if (!existsSync(file)) throw new StorageTaskError(`There is no file ${file}.`)
  if (bytesOf(`${file}-wal`) > 0) {
    throw new StorageTaskError(
      `${file} has a "-wal" file beside it, so it is a database in use and no backup. Take a file that "npm run backup" made.`,
    )
  }
  const unlock = lockFolder(dataDir)
  const target = databaseFile(dataDir)
  const copy = `${target}.restoring`
  try {
    if (existsSync(target) && !options.replace) {
      throw new StorageTaskError(
        `${dataDir} holds data already. To put the backup in its place, and keep what is there now beside it: npm run restore -- ${file} --replace`,
      )
    }
    needRoom(copy, bytesOf(file))
    copyFileSync(file, copy)
    prepare(copy, basename(file), options.nowMs)
    syncToDisk(copy)
    const kept = existsSync(target) ? setAside(target, dataDir, options.nowMs) : null
    renameSync(copy, target)
    syncToDisk(dataDir)
    return kept
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true })
    unlock()
  }
}

/** Checks the copy and makes it ready to be followed; throws in one line when it is no backup of a shop. */
function prepare(copy: string, name: string, nowMs: number): void {
  let connection: BetterSqlite3.Database | null = null
  try {
    connection = new BetterSqlite3(copy)
    connection.pragma('synchronous = FULL')
    const trouble = fileTrouble(connection) ?? schemaTrouble(connection)
    if (trouble) throw new StorageTaskError(`${name} was not restored: ${trouble} Nothing has changed.`)
    connection.transaction(startStreamsAnew)(connection, nowMs)
    connection.pragma('journal_mode = WAL')
  } finally {
    connection?.close()
  }
}

function schemaTrouble(connection: BetterSqlite3.Database): string | null {
  const isOurs = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").get()
  if (!isOurs) return 'it is a database, but none of this program.'
  const applied = connection.prepare('SELECT name, hash FROM migrations').all() as AppliedMigration[]
  return migrationTrouble(readMigrations(), applied)
}

/**
 * Phones and boards remember how far they have read. What the restored shop does next would get numbers
 * that they take for known; so all numbers move beyond any that were given, and every reader starts anew.
 * What a page brings by itself, an outlet's own records, is not read as a stream: there the `rev` must win.
 */
function startStreamsAnew(connection: BetterSqlite3.Database, nowMs: number): void {
  const jump = BigInt(nowMs)
  connection
    .prepare(
      `UPDATE records SET rev = rev + :jump, body = json_set(body, '$.rev', rev + :jump)
       WHERE json_valid(body) AND (kind, id) IN (SELECT kind, record_id FROM changes WHERE stream LIKE 'outlet:%')`,
    )
    .run({ jump })
  connection.prepare('UPDATE changes SET seq = seq + ?').run(jump)
  connection
    .prepare(
      `INSERT INTO pruned_streams (stream, below_seq) SELECT DISTINCT stream, ? FROM changes WHERE true
       ON CONFLICT (stream) DO UPDATE SET below_seq = excluded.below_seq`,
    )
    .run(jump + 1n)
}

/** Moves the present database away, its log first: a log must never lie beside another database than its own. */
function setAside(target: string, dataDir: string, nowMs: number): string {
  const folder = join(dataDir, `before-restore-${timeInName(nowMs)}`)
  mkdirSync(folder, { mode: 0o700 })
  emptyLog(target)
  for (const suffix of ['-shm', '-wal', '']) {
    if (existsSync(`${target}${suffix}`)) {
      renameSync(`${target}${suffix}`, join(folder, `${basename(target)}${suffix}`))
    }
  }
  syncToDisk(folder)
  syncToDisk(dataDir)
  return folder
}

/** Brings the log into the database where that still works; a damaged one is kept as it is, both files. */
function emptyLog(target: string): void {
  try {
    const connection = new BetterSqlite3(target)
    connection.pragma('wal_checkpoint(TRUNCATE)')
    connection.close()
  } catch {
    // It is being set aside because it is damaged.
  }
}
