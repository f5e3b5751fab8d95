// `npm run build`: builds the pages of both apps, whether or not a source is newer than the last build.

import { distDirOf } from '../platform/config.ts'
import { buildPages } from '../platform/start/build.ts'

try {
  buildPages(distDirOf(process.env))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
