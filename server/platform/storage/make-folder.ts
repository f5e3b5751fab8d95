import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes the folder and those above it that are missing; throws as mkdir does. Node's own `recursive`
 * never returns where a file system says "no such folder" for one that it does not let anybody make.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * Makes the file for its owner alone, where there is none yet; throws as open does, which says why. What
 * SQLite makes beside a database takes after it.
 */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}
