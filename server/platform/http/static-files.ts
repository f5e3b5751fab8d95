import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { madeOnce } from '../made-once.ts'
import { EARLIER, EARLIER_KEEPS_MS, filesBelow, isHashed } from '../start/build.ts'
import { SMALL_COPY } from './small-copies.ts'

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

type Encoding = 'br' | 'gzip' | null

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

const brotliAside = promisify(brotliCompress)
const gzipAside = promisify(gzip)

/** Compresses what somebody waits for, beside the event loop: orders must not wait for it. */
export async function compressAside(
  content: string | Buffer,
  encoding: Encoding,
  quality = 5,
): Promise<Buffer> {
  const bytes = Buffer.from(content)
  if (encoding === 'br') return brotliAside(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
  return encoding === 'gzip' ? gzipAside(bytes, { level: Math.min(quality, 9) }) : bytes
}

/** As small as it gets, which takes a hundred times as long. */
const SMALLEST = 11

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

/** What the build notes for itself is for nobody else: no part of an address begins with a dot. */
function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.'))
}

/** By address: the files of this build, and below them the hashed ones of earlier builds that phones may still ask for. */
function findFiles(folder: string, nowMs: number): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  const earlier = join(folder, EARLIER)
  for (const name of filesBelow(earlier)) {
    const path = join(earlier, name)
    const isOver = nowMs - statSync(path).mtimeMs >= EARLIER_KEEPS_MS
    if (!isHashed(name) || name.endsWith(SMALL_COPY) || isOver) continue
    files.set(
      `/${name}`,
      staticFile(name, () => readIfThere(path)),
    )
  }
  for (const name of filesBelow(folder)) {
    if (name.startsWith(`${EARLIER}/`) || name.endsWith(SMALL_COPY) || isHidden(name)) continue
    // Read now: when a newer build takes the folder's place, this server goes on with one whole build.
    const bytes = readFileSync(join(folder, name))
    files.set(
      `/${name}`,
      staticFile(name, () => bytes),
    )
  }
  return files
}

/** The copies that the build made, by what they are asked for. */
function readSmallCopies(folder: string): Map<string, Buffer> {
  const copies = new Map<string, Buffer>()
  for (const name of filesBelow(folder)) {
    if (name.startsWith(`${EARLIER}/`) || !name.endsWith(SMALL_COPY)) continue
    copies.set(`br /${name.slice(0, -SMALL_COPY.length)}`, readFileSync(join(folder, name)))
  }
  return copies
}

/**
 * The built files, known by name when the server starts: no path of a request ever reaches the disk.
 * `nowMs` decides which files of earlier builds are too old.
 */
export function createStaticFiles(folder: string, nowMs = Date.now()) {
  const files = findFiles(folder, nowMs)
  const quick = madeOnce<Buffer>(Number.POSITIVE_INFINITY)
  const smallest = readSmallCopies(folder)
  let turn = Promise.resolve()
  const revisions = new Map<string, string>()

  function revisionOf(url: string, bytes: Buffer): string {
    const revision = revisions.get(url) ?? createHash('md5').update(bytes).digest('hex')
    revisions.set(url, revision)
    return revision
  }

  /** The first who asks does not wait for the smallest; it is made meanwhile, one file at a time. */
  function compressed(key: string, plain: Buffer, encoding: Encoding): Promise<Buffer> {
    return quick(key, () => {
      if (encoding) {
        turn = turn
          .then(() => compressAside(plain, encoding, SMALLEST))
          .then((bytes) => void smallest.set(key, bytes))
          // Then what was made quickly stays.
          .catch(() => undefined)
      }
      return compressAside(plain, encoding)
    })
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
    async respond(
      url: string,
      acceptEncoding: string | undefined,
      revision?: string,
    ): Promise<Response | null> {
      const file = files.get(url)
      const plain = file?.bytes()
      if (!file || !plain) return null
      if (revision && revision !== revisionOf(url, plain)) return null
      const encoding = file.canCompress ? chooseEncoding(acceptEncoding) : null
      const key = `${encoding} ${url}`
      const bytes = smallest.get(key) ?? (await compressed(key, plain, encoding))
      const headers = new Headers({ 'content-type': file.type, vary: 'accept-encoding' })
      if (encoding) headers.set('content-encoding', encoding)
      headers.set('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      return new Response(new Uint8Array(bytes), { headers })
    },
  }
}
export type StaticFiles = ReturnType<typeof createStaticFiles>
