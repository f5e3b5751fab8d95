import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'
import { EARLIER, EARLIER_KEEPS_MS, filesBelow, isHashed } from './build.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest'])

type StaticFile = {
  readonly type: string
  readonly canCompress: boolean
  readonly isHashed: boolean
  /** Null when the file has gone since the server started, as one of an earlier build may. */
  readonly bytes: () => Buffer | null
}

export type Encoding = 'br' | 'gzip' | null

/** Which encoding the browser takes, the smallest first. */
export function chooseEncoding(accept: string | undefined): Encoding {
  const taken = new Set(
    (accept ?? '')
      .split(',')
      .map((each) =>
        each
          .trim()
          .toLowerCase()
          .split(/\s*;\s*q=/),
      )
      .filter(([, quality]) => quality === undefined || Number(quality) > 0)
      .map(([name]) => name),
  )
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : null
}

/** Compresses what is kept from then on, as small as it gets. */
function compress(bytes: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'br') {
    return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  }
  return encoding === 'gzip' ? gzipSync(bytes, { level: 9 }) : bytes
}

const brotliAside = promisify(brotliCompress)
const gzipAside = promisify(gzip)

/** Compresses what is made for a request, beside the event loop: orders must not wait for it. */
export async function compressAside(text: string, encoding: Encoding): Promise<Buffer> {
  const bytes = Buffer.from(text)
  if (encoding === 'br') return brotliAside(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
  return encoding === 'gzip' ? gzipAside(bytes, { level: 5 }) : bytes
}

function staticFile(url: string, bytes: StaticFile['bytes']): StaticFile {
  const extension = extname(url)
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    canCompress: COMPRESSED.has(extension),
    isHashed: isHashed(url),
    bytes,
  }
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

/** By address: the files of this build, and below them the hashed ones of earlier builds that phones may still ask for. */
function findFiles(folder: string, nowMs: number): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  const earlier = join(folder, EARLIER)
  for (const name of filesBelow(earlier)) {
    const path = join(earlier, name)
    if (!isHashed(name) || nowMs - statSync(path).mtimeMs >= EARLIER_KEEPS_MS) continue
    files.set(
      `/${name}`,
      staticFile(name, () => readIfThere(path)),
    )
  }
  for (const name of filesBelow(folder)) {
    if (name.startsWith(`${EARLIER}/`)) continue
    // Read now: when a newer build takes the folder's place, this server goes on with one whole build.
    const bytes = readFileSync(join(folder, name))
    files.set(
      `/${name}`,
      staticFile(name, () => bytes),
    )
  }
  return files
}

/**
 * The built files, known by name when the server starts: no path of a request ever reaches the disk.
 * `nowMs` decides which files of earlier builds are too old.
 */
export function createStaticFiles(folder: string, nowMs = Date.now()) {
  const files = findFiles(folder, nowMs)
  const cache = new Map<string, Buffer>()
  const revisions = new Map<string, string>()

  function revisionOf(url: string, bytes: Buffer): string {
    const revision = revisions.get(url) ?? createHash('md5').update(bytes).digest('hex')
    revisions.set(url, revision)
    return revision
  }

  return {
    /** The file's bytes as text, for pages that are completed per request; null when it was not built. */
    text(url: string): string | null {
      return files.get(url)?.bytes()?.toString('utf8') ?? null
    },
    /**
     * The file, or null. A service worker that installs names the `revision` (MD5) that its build had:
     * with another the answer is null, so that no phone keeps one build's page with another's files.
     */
    respond(url: string, acceptEncoding: string | undefined, revision?: string): Response | null {
      const file = files.get(url)
      const plain = file?.bytes()
      if (!file || !plain) return null
      if (revision && revision !== revisionOf(url, plain)) return null
      const encoding = file.canCompress ? chooseEncoding(acceptEncoding) : null
      const key = `${encoding} ${url}`
      let bytes = cache.get(key)
      if (!bytes) {
        bytes = compress(plain, encoding)
        cache.set(key, bytes)
      }
      const headers = new Headers({ 'content-type': file.type, vary: 'accept-encoding' })
      if (encoding) headers.set('content-encoding', encoding)
      headers.set('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      return new Response(new Uint8Array(bytes), { headers })
    },
  }
}
export type StaticFiles = ReturnType<typeof createStaticFiles>
