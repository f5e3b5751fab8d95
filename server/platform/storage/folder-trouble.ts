// What stands in the way of a folder that a variable names: each time a whole plain text, or null.
import { accessSync, constants, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { makeFolder } from './make-folder.ts'

type Kind = 'nothing' | 'folder' | 'file' | 'link to nowhere' | 'special file'

function lookedAt<Found>(look: () => Found): Found | undefined {
  try {
    return look()
  } catch {
    // Below a file, in a circle of links, or where this user may not look: nothing that can be opened.
    return undefined
  }
}

/** What stands at the path, behind links. A socket, a pipe or a device is a special file. */
function kindOf(path: string): Kind {
  const found = lookedAt(() => statSync(path))
  if (found) return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'special file'
  return lookedAt(() => lstatSync(path))?.isSymbolicLink() ? 'link to nowhere' : 'nothing'
}

/** Names what is there instead of a folder: at the path itself, or at the first above it that is there. */
function kindTrouble(path: string): string | null {
  const kind = kindOf(path)
  if (kind === 'folder') return null
  if (kind !== 'nothing') return `"${path}" is a ${kind}. Give a folder.`
  return dirname(path) === path ? null : kindTrouble(dirname(path))
}

/** What is kept with the data by a fixed name, and what must stand there if anything does. */
const KEPT: Readonly<Record<string, Kind>> = {
  'meja.db': 'file',
  'meja-lock.db': 'file',
  'meja.pid': 'file',
  pepper: 'file',
  'pepper.new': 'file',
  'console.json': 'file',
  backups: 'folder',
}

/** Makes the folder of the data where there is none. */
export function dataFolderTrouble(folder: string): string | null {
  const trouble = kindTrouble(folder)
  if (trouble) return trouble
  try {
    makeFolder(folder, 0o700)
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch {
    return `cannot write to "${folder}". Give a folder that this user may write to.`
  }
  for (const [name, meant] of Object.entries(KEPT)) {
    const path = join(folder, name)
    const kind = kindOf(path)
    if (kind !== 'nothing' && kind !== meant) {
      return `"${path}" must be a ${meant}, and is a ${kind}. Put back what it was, or take it away.`
    }
  }
  return null
}

/** Each build takes the whole place of this folder, so that it is new, empty, or has the note of a build. */
export function pagesFolderTrouble(folder: string): string | null {
  const trouble = kindTrouble(folder)
  if (trouble || kindOf(folder) === 'nothing') return trouble
  const names = lookedAt(() => readdirSync(folder))
  if (!names) return `cannot read "${folder}". Give a folder that this user may read.`
  if (names.length === 0 || names.includes('.built')) return null
  return `"${folder}" holds other things than built pages, and a build would replace them. Give a new folder, or an empty one.`
}

/** Whether the folder of the data, which is there, is that of the pages or lies in it. */
export function isAmongPages(dataDir: string, distDir: string): boolean {
  if (kindOf(distDir) !== 'folder') return false
  const way = relative(realpathSync(distDir), realpathSync(dataDir))
  return !isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way)
}
