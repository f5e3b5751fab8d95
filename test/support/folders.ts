import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const folders = new Set<string>()

/** A fresh folder of this process, removed by `removeFolders` at the latest. */
export function freshFolder(parent: string, prefix: string): string {
  const folder = mkdtempSync(join(parent, prefix))
  folders.add(folder)
  return folder
}

/** Removes what is left, also after a test that failed half-way: hundreds of shops would fill the disk. */
export function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  folders.clear()
}
