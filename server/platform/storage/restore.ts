import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { startAnewSql, startBeyond } from '../database/anew.ts'
import { lockFolder } from '../database/folder-lock.ts'
import { type AppliedMigration, migrationTrouble, readMigrations } from '../database/migrate.ts'
import { backupFolder } from './backup.ts'
import { makePrivate } from './private-files.ts'
import { foreignSchema } from './schema.ts'
import {
  bytesOf,
  databaseFile,
  fileTrouble,
  needRoom,
  StorageTaskError,
  syncToDisk,
  timeInName,
} from './sqlite-file.ts'

type RestoreOptions = { readonly replace: boolean; readonly nowMs: number }

/**
 * Puts the backup `file` into the place of the database in `dataDir`, after checking a copy of it. The data
 * that was there is kept in a folder beside, which is the answer; null when there was none. Refuses while a
 * server runs on the folder, and to replace data unless `replace`.
 */
export async function restoreSqlite(
  file: string,
  dataDir: string,
  options: RestoreOptions,
): Promise<string | null> {
  const target = databaseFile(dataDir)
  if (!existsSync(file)) {
    throw new StorageTaskError(`There is no file ${file}. Nothing has changed. Check its name and folder.`)
  }
  if (isSameFile(file, target)) {
    throw new StorageTaskError(
      `${file} is the database itself and no backup of it. Nothing has changed. Take a file that "npm run backup" made; they are in ${backupFolder(dataDir)}.`,
    )
  }
  if (bytesOf(`${file}-wal`) > 0) {
    throw new StorageTaskError(
      `${file} has a "-wal" file beside it, so it is a database in use and no backup. Nothing has changed. Take a file that "npm run backup" made.`,
    )
  }
  const unlock = lockFolder(dataDir)
  const copy = `${target}.restoring`
  try {
    if (existsSync(target) && !options.replace) {
      throw new StorageTaskError(
        `${dataDir} holds data already. To put the backup in its place, and keep what is there now beside it: npm run restore -- ${file} --replace`,
      )
    }
    needRoom(copy, bytesOf(file))
    copyFileSync(file, copy)
    chmodSync(copy, 0o600)
    await prepare(copy, basename(file), options.nowMs)
    syncToDisk(copy)
    const kept = existsSync(target) ? setAside(target, dataDir, options.nowMs) : null
    renameSync(copy, target)
    makePrivate(dataDir)
    syncToDisk(dataDir)
    return kept
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true })
    unlock()
  }
}

/** Also by another name or a link. */
function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }))
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev
}

/** Checks the copy and makes it ready to be followed; throws in one line when it is no backup of a shop. */
async function prepare(copy: string, name: string, nowMs: number): Promise<void> {
  let connection: BetterSqlite3.Database | null = null
  try {
    connection = new BetterSqlite3(copy)
    const trouble = fileTrouble(connection) ?? (await schemaTrouble(connection))
    if (trouble) throw notRestored(name, trouble)
    connection.pragma('synchronous = FULL')
    connection.transaction(startStreamsAnew)(connection, nowMs)
    connection.pragma('journal_mode = WAL')
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error
    throw notRestored(name, `the file cannot be read as a database (${error.message})`)
  } finally {
    connection?.close()
  }
}

function notRestored(name: string, trouble: string): StorageTaskError {
  // What ends in a full stop says itself what to do.
  const words = trouble.endsWith('.') ? trouble : `${trouble}. Take another backup.`
  return new StorageTaskError(`${name} was not restored: ${words} Nothing has changed.`)
}

async function schemaTrouble(connection: BetterSqlite3.Database): Promise<string | null> {
  const isOurs = connection
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
    .get()
  if (!isOurs) return 'it is a database, but none of this program'
  const applied = connection.prepare('SELECT name, hash FROM migrations').all() as AppliedMigration[]
  return migrationTrouble(readMigrations(), applied) ?? foreignSchema(connection)
}

/**
 * Phones and boards remember how far they have read. What the restored shop does next would get numbers
 * that they take for known; so the streams go on beyond any that were given, and every reader starts anew.
 * What a page brings by itself, an outlet's own records, is not read as a stream: there the `rev` must win.
 */
function startStreamsAnew(connection: BetterSqlite3.Database, nowMs: number): void {
  const longestSeq = connection.prepare('SELECT MAX(seq) FROM changes').pluck().get() as number | null
  const beyond = BigInt(startBeyond(longestSeq ?? 0, nowMs))
  connection
    .prepare(
      `UPDATE records SET rev = rev + :beyond, body = json_set(body, '$.rev', rev + :beyond)
       WHERE json_valid(body) AND (kind, id) IN (SELECT kind, record_id FROM changes WHERE stream LIKE 'outlet:%')`,
    )
    .run({ beyond })
  const { moveNewest, tellReaders } = startAnewSql('?')
  connection.prepare(moveNewest).run(beyond)
  connection.prepare(tellReaders).run(beyond)
}

/** Moves the present database away, its log first: a log must never lie beside another database than its own. */
function setAside(target: string, dataDir: string, nowMs: number): string {
  const folder = freeFolder(join(dataDir, `before-restore-${timeInName(nowMs)}`))
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

/** Two restores may happen within one second. */
function freeFolder(folder: string): string {
  let free = folder
  for (let number = 2; existsSync(free); number++) free = `${folder}-${number}`
  return free
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
