import { closeSync, fsyncSync, openSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

/** Something that the person at the console must decide or mend first. One plain line. */
export class StorageTaskError extends Error {}

export const databaseFile = (dataDir: string) => join(dataDir, 'meja.db')

/** Bytes of the file, 0 when there is none. */
export function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

export function openReadOnly(path: string): BetterSqlite3.Database {
  return new BetterSqlite3(path, { readonly: true, fileMustExist: true, timeout: 5000 })
}

/** What SQLite itself finds wrong with the file, in one line, or null. Reads all of it. */
export function fileTrouble(connection: BetterSqlite3.Database): string | null {
  try {
    const found = connection.pragma('integrity_check(1)', { simple: true })
    if (found !== 'ok') return `the file is damaged (${String(found).replaceAll('\n', ' ')})`
    const [foreign] = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
    return foreign ? `a row of ${foreign.table} belongs to a row of ${foreign.parent} that is gone` : null
  } catch (error) {
    return `the file cannot be read as a database (${error instanceof Error ? error.message : String(error)})`
  }
}

/** Makes what was written to this file or folder outlive a power cut. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Refuses when fewer than `bytes` are free where `path` shall be. */
export function needRoom(path: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dirname(path))
  if (bavail * bsize > bytes) return
  throw new StorageTaskError(
    `There is no room for ${inMegabytes(bytes)} at ${dirname(path)}. Make room, or give another place.`,
  )
}

export function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** A time as part of a file name, in UTC: 20261118-030000. */
export function timeInName(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}
