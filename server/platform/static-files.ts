import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest'])

type StaticFile = {
  readonly path: string
  readonly type: string
  readonly canCompress: boolean
  readonly isHashed: boolean
}

export type Encoding = 'br' | 'gzip' | null

/** Which encoding the browser takes, the smallest first. */
export function chooseEncoding(accept: string | undefined): Encoding {
  if (/\bbr\b/.test(accept ?? '')) return 'br'
  return /\bgzip\b/.test(accept ?? '') ? 'gzip' : null
}

/** Compresses `bytes`; `quality` is brotli's, 4 for what is made per request, 11 for what is kept. */
export function compress(bytes: Buffer, encoding: Encoding, quality: number): Buffer {
  if (encoding === 'br') {
    return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
  }
  return encoding === 'gzip' ? gzipSync(bytes, { level: Math.min(9, quality) }) : bytes
}

/** The built files, known by name when the server starts: no path of a request ever reaches the disk. */
export function createStaticFiles(folder: string) {
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const url = `/${relative(folder, path).split(sep).join('/')}`
    const extension = extname(entry.name)
    files.set(url, {
      path,
      type: TYPES[extension] ?? 'application/octet-stream',
      canCompress: COMPRESSED.has(extension),
      isHashed: url.includes('/assets/'),
    })
  }
  const cache = new Map<string, Buffer>()

  return {
    /** The file's bytes as text, for pages that are completed per request; null when it was not built. */
    text(url: string): string | null {
      const file = files.get(url)
      return file ? readFileSync(file.path, 'utf8') : null
    },
    respond(url: string, acceptEncoding: string | undefined): Response | null {
      const file = files.get(url)
      if (!file) return null
      const encoding = file.canCompress ? chooseEncoding(acceptEncoding) : null
      const key = `${encoding} ${url}`
      let bytes = cache.get(key)
      if (!bytes) {
        bytes = compress(readFileSync(file.path), encoding, 11)
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
