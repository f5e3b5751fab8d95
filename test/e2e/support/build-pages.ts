import { cpSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from '../../../server/platform/start/build.ts'
import { makeFolder } from '../../support/meja-process.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const DAY_MS = 86_400_000

/** Marks the pages as newer than any source, so that no server in the middle of a test builds them anew. */
export function keepAsBuilt(dist: string): void {
  const later = new Date(Date.now() + DAY_MS)
  utimesSync(join(dist, '.built'), later, later)
}

/** Builds once, and gives every test the same copy. */
async function buildPages(): Promise<() => void> {
  const built = process.env.DIST_DIR ?? join(ROOT, 'dist')
  buildIfStale(built)
  const copy = makeFolder('e2e-dist')
  cpSync(built, copy, { recursive: true })
  keepAsBuilt(copy)
  process.env.E2E_DIST = copy
  return () => rmSync(copy, { recursive: true, force: true })
}
// biome-ignore lint/style/noDefaultExport: Playwright takes the default export of its set-up.
export default buildPages
