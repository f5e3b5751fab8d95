import { ok, type Result, refuse } from '#shared/kernel/result.ts'

export const MAX_BODY_BYTES = 64 * 1024
const MAX_DEPTH = 16
const decoder = new TextDecoder('utf-8', { fatal: true })

type BodyRefusal =
  | { readonly code: 'request.too_large'; readonly maxBytes: number }
  | { readonly code: 'request.malformed'; readonly why: string; readonly field?: string }

/** Whoever sent the request went away in the middle of it: nobody's fault here, and nobody waits for the answer. */
export class RequestCutError extends Error {}

/** Reads at most `maxBytes` of the body; stops reading a longer one at once. Throws RequestCutError. */
export async function readBytes(
  request: Request,
  maxBytes: number,
): Promise<Result<Uint8Array, BodyRefusal>> {
  const tooLarge = { code: 'request.too_large', maxBytes } as const
  const stated = request.headers.get('content-length')
  if (Number(stated ?? 0) > maxBytes) return refuse(tooLarge)
  // With a stated length the HTTP parser holds the sender to it, and reading whole costs a quarter.
  if (stated !== null) return ok(new Uint8Array(await request.arrayBuffer().catch(wasCut)))
  if (!request.body) return ok(new Uint8Array())
  const bytes = await readParts(request.body, maxBytes).catch(wasCut)
  return bytes ? ok(bytes) : refuse(tooLarge)
}

function wasCut(error: unknown): never {
  throw new RequestCutError('The request ended before its body.', { cause: error })
}

/** Null when there is more than that. */
async function readParts(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.byteLength
    if (length > maxBytes) return null
    parts.push(part)
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

/**
 * Bytes to JSON, refusing what JSON.parse lets through: invalid UTF-8, more than 16 levels (200,000
 * parse well and break the writer later), keys that occur twice, and `__proto__`.
 */
export function parseJson(bytes: Uint8Array): Result<unknown, BodyRefusal> {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return refuse({ code: 'request.malformed', why: 'utf8' })
  }
  const fault = scan(text)
  if (fault) return refuse({ code: 'request.malformed', ...fault })
  try {
    return ok(JSON.parse(text))
  } catch {
    return refuse({ code: 'request.malformed', why: 'json' })
  }
}

/** The index after the closing quote of the string that opens at `start`, or -1. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return -1
}

// One pass, each character once: a pattern with backtracking would be an invitation.
function scan(text: string): { why: string; field?: string } | null {
  const keys: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') {
      keys.push(character === '{' ? new Set() : null)
      if (keys.length > MAX_DEPTH) return { why: 'depth' }
    } else if (character === '}' || character === ']') {
      keys.pop()
    } else if (character === '"') {
      const end = endOfString(text, at)
      if (end < 0) return { why: 'json' }
      const field = repeatedKey(text, at, end, keys.at(-1))
      if (field !== null) return { why: 'key', field }
      at = end - 1
    }
  }
  return null
}

/** The key between `start` and `end` when it may not stand there: said before in this object, or `__proto__`. */
function repeatedKey(
  text: string,
  start: number,
  end: number,
  seen: Set<string> | null | undefined,
): string | null {
  if (!seen || !isKey(text, end)) return null
  const key = plainKey(text.slice(start, end))
  if (key === '__proto__' || seen.has(key)) return key.slice(0, 60)
  seen.add(key)
  return null
}

function isKey(text: string, after: number): boolean {
  let at = after
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return text[at] === ':'
}

function plainKey(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
