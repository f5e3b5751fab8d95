import { access, constants, statfs } from 'node:fs/promises'
import { databaseFile } from './sqlite-file.ts'

const LOW_DISK_BYTES = 50 * 1024 * 1024

/** What is wrong with the disk of `dataDir`, in one word, or null. */
export async function diskTrouble(dataDir: string): Promise<'low' | 'read_only' | 'unreadable' | null> {
  try {
    const { bavail, bsize } = await statfs(dataDir)
    for (const path of [dataDir, databaseFile(dataDir)]) {
      if (!(await isWritable(path))) return 'read_only'
    }
    return bavail * bsize < LOW_DISK_BYTES ? 'low' : null
  } catch {
    return 'unreadable'
  }
}

/** Asks and writes nothing: a check that is made each second must not wear out a memory card. */
async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return true
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return false
    throw error
  }
}
