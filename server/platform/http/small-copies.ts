import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** What the copy beside a file is called: the file's name and this. */
export const SMALL_COPY = '.br'
/** Larger ones are fetched seldom, and would keep the build waiting. */
const MAX_BYTES = 400_000

/**
 * Writes beside each script and stylesheet among `names`, the files of a build, a copy as small as brotli
 * gets it. The first guest after a start so has as few bytes to fetch as all who follow, and the server
 * nothing to compress.
 */
export function writeSmallCopies(folder: string, names: Iterable<string>): void {
  for (const name of names) {
    if (!/\.(?:js|css)$/.test(name)) continue
    const bytes = readFileSync(join(folder, name))
    if (bytes.length > MAX_BYTES) continue
    const small = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    })
    writeFileSync(join(folder, `${name}${SMALL_COPY}`), small)
  }
}
