import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backupFolder } from './backup.ts'

const OTHERS = 0o077

/** The files of `dataDir` that this program made there, and its backups. */
function ownFiles(dataDir: string): string[] {
  const backups = backupFolder(dataDir)
  const namesIn = (folder: string, pattern: RegExp) =>
    existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : []
  return [
    ...namesIn(dataDir, /^meja(?:-lock)?\.(?:db(?:-wal|-shm|-journal)?|pid)$/).map((name) =>
      join(dataDir, name),
    ),
    ...namesIn(backups, /^(?:daily|meja)-\d{8}-\d{6}\.db$/).map((name) => join(backups, name)),
  ]
}

/** Those of them that others on this machine may read or write; they hold what table codes say. */
export function openFiles(dataDir: string): string[] {
  if (process.platform === 'win32') return []
  return ownFiles(dataDir).filter(
    (path) => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0,
  )
}

/**
 * Takes them from everybody else. In a folder that was there before, with its own permissions, SQLite makes
 * files as the umask says, mostly for all to read; new files beside the database then take after it.
 */
export function makePrivate(dataDir: string): void {
  for (const path of openFiles(dataDir)) chmodSync(path, 0o600)
}
